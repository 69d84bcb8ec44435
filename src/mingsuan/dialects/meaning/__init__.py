"""What every printed number stands for: tables and claims → figures with regions."""
