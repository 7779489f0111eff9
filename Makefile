# make demo    read the example reports and look something up
# make test    every test
# make check   format, vet, staticcheck, import directions, docs, races
# make eval    the reference sets, with their floors
# make bench   speed, on the reference texts where they are at hand
# make run     the program:  make run ARGS='check "the words"'

export CGO_ENABLED ?= 0
GO       ?= go
BIN      := bin/onrecord
DEMO     := demo-store
DEMO_DB  := $(DEMO)/onrecord.db
ONRECORD := ./$(BIN) 

.PHONY: build run demo test check format vet staticcheck directions race eval bench clean

build:
	@mkdir -p bin
	$(GO) build -trimpath -o $(BIN) ./cmd/onrecord

run: build
	@$(ONRECORD) $(ARGS)

demo: build
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	@sh examples/demo.sh $(BIN) $(DEMO_DB)

test:
	$(GO) test ./...

check: format vet staticcheck directions race

format:
	@bad="$$(gofmt -l cmd internal)"; if [ -n "$$bad" ]; then echo "gofmt -w these files: $$bad"; exit 1; fi

vet:
	$(GO) vet ./...

staticcheck:
	$(GO) tool staticcheck ./...

# Which package may import which, and that docs/cli.md says what the program does.
directions:
	$(GO) test -run 'TestImportDirections|TestDocs' ./cmd/onrecord

# Races can only live where goroutines do. The race detector needs a C
# compiler; where there is none, say so and go on.
RACE := ./cmd/onrecord ./internal/read ./internal/store ./internal/lang
race:
	@if command -v $${CC:-cc} >/dev/null 2>&1; then \
		echo "CGO_ENABLED=1 $(GO) test -race -short $(RACE)"; CGO_ENABLED=1 $(GO) test -race -short $(RACE); \
	else echo "race: skipped, the race detector needs a C compiler and there is none"; fi

eval: build
	$(ONRECORD) eval

bench:
	$(GO) test -run '^$$' -bench . -benchtime 2s ./internal/eval ./internal/store ./internal/trace

clean:
	rm -rf bin $(DEMO)
