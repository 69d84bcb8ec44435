# Everything runs in .venv, made from hash-pinned requirements; only python3 (3.11 or later) and make must be there.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXAMPLE := examples/政务服务办公室2021.md
REPORT := out/report.html
BUDGET := examples/zhengzhou-2023.xlsx
PUBLISHED := out/公开

INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
RUN_READY := $(VENV)/.run-ready
DEV_READY := $(VENV)/.dev-ready
BENCH_READY := $(VENV)/.bench-ready
EXTRAS_READY := $(VENV)/.extras-ready

# Chinese file names and output, also where the locale is C.
export PYTHONUTF8 := 1

# Exit status 1 of `check` means that it found errors in the document; that is what the example is for.
FINDINGS_ARE_FINE := || [ $$? -eq 1 ]

.PHONY: run test bench fuzz lint docs pins extras clean

# The whole walk: a published text checked; a budget compiled, published, read back; an error put into a copy, found and put right.
run: $(RUN_READY)
	@mkdir -p $(dir $(REPORT))
	@echo "一、核对一份公开文本　mingsuan check $(EXAMPLE)"
	@$(BIN)/mingsuan check $(EXAMPLE) -o $(REPORT:.html=.txt) $(FINDINGS_ARE_FINE)
	@head -n 22 $(REPORT:.html=.txt)
	@$(BIN)/mingsuan check --format html -o $(REPORT) $(EXAMPLE) $(FINDINGS_ARE_FINE)
	@echo "（其余见 $(REPORT:.html=.txt)；网页报告 $(REPORT)，用浏览器打开）"
	@echo
	@echo "二、由输入簿编制　mingsuan compile $(BUDGET) -o $(PUBLISHED).json"
	@$(BIN)/mingsuan compile $(BUDGET) -o $(PUBLISHED).json
	@echo
	@echo "三、发布并读回　mingsuan publish $(PUBLISHED).json -o $(PUBLISHED)"
	@$(BIN)/mingsuan publish $(PUBLISHED).json -o $(PUBLISHED)
	@echo "核对没有错误；每个文件读回后与编制的逐格相同。"
	@echo
	@echo "四、放一处错误，核对，改正　mingsuan check、mingsuan fix"
	@$(BIN)/python -m tools.walk $(PUBLISHED)
	@echo
	@echo "以上写出的文件都在 out。核对自己的文件：$(BIN)/mingsuan check 文件；全部命令：$(BIN)/mingsuan --help"

test: $(DEV_READY)
	$(BIN)/python -m pytest

bench: $(BENCH_READY)
	$(BIN)/python -m bench

# Ten thousand damaged files; stopped, it goes on where it was.
fuzz: $(BENCH_READY)
	$(BIN)/python -m bench.fuzz

lint: $(DEV_READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
ifneq ($(wildcard tools/docs.py tools/docs/__main__.py),)
	$(BIN)/python -m tools.docs --check
endif

docs: $(DEV_READY)
	$(BIN)/python -m tools.docs

# What is optional: PostgreSQL as a source of evidence. LibreOffice is the system's.
extras: $(EXTRAS_READY)

# Needs uv (any recent version) on the PATH; the lists serve every Python from 3.11 on.
pins:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --output-file requirements/run.txt requirements/run.in
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --output-file requirements/dev.txt requirements/dev.in
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --output-file requirements/bench.txt requirements/bench.in
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --output-file requirements/extras.txt requirements/extras.in

clean:
	rm -rf $(VENV) out build dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests -type d -name __pycache__ -prune -exec rm -rf {} +

# The package is put on the path by a relative .pth and started by a script that pip might have written (sh finds the
# interpreter beside it): no build back end is installed to run it, and the tree may be moved or have blanks in its name.
LAUNCHER := '\#!/bin/sh\n\0047\0047\0047exec\0047 "$$(dirname "$$0")/python" "$$0" "$$@"\n\0047 \0047\0047\0047\nimport sys\nfrom mingsuan.cli.main import main\nsys.exit(main())\n'

$(RUN_READY): requirements/run.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "明算需要 Python 3.11 或更高版本；请用 make PYTHON=<python3.11 的路径> 指定。")'
	@echo "正在准备运行环境 $(VENV) ……"
	@$(PYTHON) -m venv --clear $(VENV) || { echo "建不了虚拟环境：请先安装 python3-venv。" >&2; exit 1; }
	@$(INSTALL) -r requirements/run.txt
	@for site in $(VENV)/lib/python3*/site-packages; do echo ../../../../src > "$$site/mingsuan.pth"; done
	@printf '%b' $(LAUNCHER) > $(BIN)/mingsuan
	@$(BIN)/python -m compileall -q src
	@chmod +x $(BIN)/mingsuan
	@touch $@

$(DEV_READY): $(RUN_READY) requirements/dev.txt
	@echo "正在安装测试工具 ……"
	@$(INSTALL) -r requirements/dev.txt
	@touch $@

$(BENCH_READY): $(DEV_READY) requirements/bench.txt
	@echo "正在安装对比用的工具 ……"
	@$(INSTALL) -r requirements/bench.txt
	@touch $@

$(EXTRAS_READY): $(DEV_READY) requirements/extras.txt
	@echo "正在安装可选部分 ……"
	@$(INSTALL) -r requirements/extras.txt
	@touch $@
