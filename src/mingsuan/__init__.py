"""Mingsuan (明算): read and check the published budgets of Chinese government departments."""
