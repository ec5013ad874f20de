# The same targets for people and for CI. `make run` and `make test` do all the set-up they need.
SHELL := /bin/bash
SWIFT ?= $(firstword $(wildcard $(shell command -v swift 2>/dev/null)) $(wildcard /usr/bin/swift))
JOBS ?= $(shell nproc)
# Tests that start processes or watch the clock run one after the other.
PROCESSES := ^(CoordinationTests|TransportTests|TransportTLSTests|GRPCGatewayWorkerTests|DashboardWorkerTests|IntegrationTests)
STRICT := --explicit-target-dependency-import-check error

.PHONY: run release test check format generate integration integration-long fuzz fuzz-long \
	workbooks bench bench-growth perf-guard clean setup swift-version

## Starts the fleet on the sample province, scores it and shows the board.
run: release
	@scripts/run-sample .build/release

## Optimised binaries in .build/release.
release: setup swift-version
	$(SWIFT) build -c release -j $(JOBS)

## Every test, after the same set-up.
test: setup swift-version check
	$(SWIFT) build --build-tests -j $(JOBS) $(STRICT)
	/usr/bin/python3 Tests/Oracle/test_oracle.py
	$(SWIFT) test --skip-build --skip '$(PROCESSES)'
	$(SWIFT) test --skip-build --no-parallel --filter '$(PROCESSES)'

## Walls between targets, format, sizes, generated code.
check: setup swift-version
	scripts/check "$(SWIFT)"
	scripts/generate --check

## Real processes only.
integration: setup swift-version
	$(SWIFT) build --build-tests -j $(JOBS)
	$(SWIFT) test --skip-build --no-parallel --filter IntegrationTests

## All kills, all counts, and kills in an import of a million rows: about an hour.
integration-long: release
	$(SWIFT) build --build-tests -j $(JOBS)
	CAODIEM_LONG=1 $(SWIFT) test --skip-build --no-parallel --filter IntegrationTests
	Tests/Long/kill-import .build/release

## Mutated bytes into the decoders under the address sanitizer: about a minute.
fuzz: setup swift-version
	scripts/fuzz

## Ten million inputs and more, and mutated workbooks.
fuzz-long: setup swift-version
	scripts/fuzz --runs 10000000
	$(SWIFT) build --build-tests -j $(JOBS)
	CAODIEM_FUZZ=20000 $(SWIFT) test --skip-build --filter HostileWorkbookTests

## Workbooks of openpyxl and LibreOffice (Debian's libreoffice-calc) against the CSV, through a running fleet.
workbooks: release
	/usr/bin/python3 Tests/Workbooks/check_workbooks.py --binaries .build/release

## Regenerates the wire façade from Protos.
generate: setup
	scripts/generate

format:
	$(SWIFT) format -i -r Sources Plugins Tests Package.swift

## Ours against its peers, side by side, into Benchmarks/out/results.json; IDS="rpc. codec.case" for some of it.
bench: release
	Benchmarks/setup
	Benchmarks/run $(IDS)

## The instructions of the hot paths against the counts that are kept: no clock, so any machine will do.
perf-guard: setup swift-version
	Benchmarks/guard

## Cost against size, drawn into docs/images: about half an hour.
bench-growth: release
	Benchmarks/growth

setup:
	@scripts/setup

swift-version:
	@scripts/swift-version "$(SWIFT)"

clean:
	rm -rf .build out data
