# Two commands are enough: `make demo` and `make test`. The rest is for those who change the program.

DATA ?= ./demo-data
J ?=
N ?= 50
SECONDS ?= 60
SUITES ?=
T ?=
PAGES ?=
PROGRAM = $${CARGO_TARGET_DIR:-target}/debug/nastavnik

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo demo-reset test check fmt journeys build assets setup setup-demo torture bench-pages bench-writes bench-matching bench-names bench-documents check-documents check-scans bench-import bench-evidence coverage-matching fuzz-smoke release package clean

help: ## Эта справка · this list
	@awk -F ' *## ' '/^[a-z-]+:.*## / { sub(/:.*/, "", $$1); printf "  make %-17s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: build ## Учебная школа на http://127.0.0.1:8080 · demo school, data kept in ./demo-data
	@$(PROGRAM) demo --data $(DATA)

demo-reset: ## Начать учебную школу заново: удалить ./demo-data · forget the demo school
	rm -rf $(DATA)

test: setup assets ## Все проверки · everything CI checks (SUITES="clippy stories": only these)
	@scripts/test $(SUITES)

check: setup assets ## Быстрая проверка после правки · quick inner loop: formatting, clippy and unit tests, no stories
	@scripts/test formatting clippy
	@scripts/suites/stories --workspace --lib

journeys: setup assets ## Только сценарии в браузере · browser journeys only (J=health: one of them)
	@scripts/suites/journeys $(J)

fmt: ## Оформить код · format the code
	cargo fmt --all

build: assets ## Собрать программу · debug build, the one that demo and tests use
	@cargo build --workspace --bins --locked

assets: setup-demo ## Собрать стили и скрипты страниц · bundle web/ into web/dist
	@scripts/assets

setup: ## Доставить недостающее для сборки и проверок · install what build and tests need
	@scripts/setup

setup-demo:
	@scripts/setup demo

torture: setup assets ## Отключения питания посреди работы · kill -9 during work, N=50 rounds: nothing answered is lost
	@NASTAVNIK_TORTURE=$(N) cargo test --locked --workspace --test it -- torture --nocapture

fuzz-smoke: ## Случайные данные на входе · a minute of made-up bytes for every parser (SECONDS=60), needs nightly Rust
	@scripts/fuzz-smoke $(SECONDS) $(T)

bench-pages: setup assets ## Замер скорости страниц · time of pages and memory (PAGES="/ /search")
	@scripts/bench-pages $(PAGES)

bench-writes: ## Замер записи: поодиночке и вместе · durable writes a second, alone and 200 at once
	@cargo run --release --quiet --package database --example bench_writes --locked -- .

bench-matching: ## Замер подбора пар · quality and speed of matching
	@scripts/bench-matching

bench-names: ## Замер склонения имён · accuracy of declension by case and gender
	@scripts/bench-names

coverage-matching: ## Покрытие подбора пар тестами · lines of matching its tests run, at least 95 %
	@scripts/coverage-matching
bench-documents: assets ## Замер документов · time and memory of documents beside docxtpl and LibreOffice
	@scripts/bench-documents

check-documents: assets ## Сверка документов · PDF beside .docx, pages in LibreOffice
	@scripts/check-documents

check-scans: assets ## Сверка сканов · 300 consents printed, scanned askew and noisy, photographed, read again
	@scripts/check-scans

bench-import: assets ## Замер загрузки списков · 100 000 people, beside openpyxl
	@scripts/bench-import

bench-evidence: assets ## Замер папки доказательств · time and memory of the demo school's folder of evidence
	@scripts/bench-evidence

release: assets ## Сборка для школы: target/release/nastavnik · optimised build (about half an hour)
	cargo build --release --package nastavnik --locked

package: release ## Пакет Debian: target/debian/*.deb · Debian package of the optimised build
	@scripts/package

clean: ## Удалить собранное; данные остаются · remove what was built, keep data
	rm -rf target web/dist web/node_modules browser/node_modules browser/test-results fuzz/target .tools
