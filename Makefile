# make demo    read the example reports and look something up
# make test    every test
# make check   format, vet, staticcheck, import directions, docs, races
# make eval    the reference sets, with their floors
# make bench   speed, on the reference texts where they are at hand; bench-compare:
#              beside npm compromise; bench-stages: where the time goes;
#              bench-memory: memory and start; bench-scale: checks in stores of up
#              to a million reports; bench-opening: opening ten million
#              quotations; bench-tracing: placing up to ten million mentions
# make train   the models inside the program, from the reference data: half an hour
# make run     the program:  make run ARGS='check "the words"'

export CGO_ENABLED ?= 0
GO       ?= go
BIN      := bin/onrecord
DEMO     := demo-store
DEMO_DB  := $(DEMO)/onrecord.db
ONRECORD := ./$(BIN)

.PHONY: build run demo test check format vet staticcheck directions race eval bench bench-compare bench-stages bench-memory bench-scale bench-tracing bench-opening train clean

build:
	@mkdir -p bin
	$(GO) build -trimpath -o $(BIN) ./cmd/onrecord

run: build
	@$(ONRECORD) $(ARGS)

# Reads the examples into a fresh store and asks three questions of it.
show = @echo; echo '$$ onrecord $(1)'; echo; ONRECORD_DB=$(DEMO_DB) $(ONRECORD) $(1)

demo: build
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	$(call show,add examples)
	$(call show,check "We will close the Larkhaven crossing this winter")
	$(call show,trace "she was not the person I rang")
	$(call show,between "Theo Marrable" "Ines Calloway")
	@echo
	@echo 'The store is $(DEMO_DB). Try next:'
	@echo
	@echo '  export ONRECORD_DB=$(DEMO_DB)'
	@echo '  ./bin/onrecord check "We shipped 4,000 kettles with the wrong lid"'
	@echo '  ./bin/onrecord check --by "Daniel Frome" "Safety is not a line in a budget"'
	@echo '  ./bin/onrecord read examples/naps/2025-01-16-harbour-gazette.html'
	@echo '  ./bin/onrecord lint examples/duet/2024-02-10-poptally.html'
	@echo '  ./bin/onrecord export utterances | head -1'
	@echo '  ./bin/onrecord --help'

test:
	$(GO) test ./...

check: format vet staticcheck directions race

format:
	@bad="$$(gofmt -l .)"; if [ -n "$$bad" ]; then echo "gofmt -w these files: $$bad"; exit 1; fi

vet:
	$(GO) vet ./...

staticcheck:
	$(GO) tool staticcheck ./...

# Which package may import which, and that docs/cli.md says what the program does.
directions:
	$(GO) test -run 'TestImportDirections|TestDocs' ./cmd/onrecord

# Races can only live where goroutines do. The race detector needs a C
# compiler; where there is none, say so, and run the checks of imports and docs
# that would have run along.
RACE := ./cmd/onrecord ./internal/read ./internal/lang
race:
	@if command -v $${CC:-cc} >/dev/null 2>&1; then \
		echo "CGO_ENABLED=1 $(GO) test -race -short $(RACE)"; CGO_ENABLED=1 $(GO) test -race -short $(RACE); \
	else echo "race: skipped, the race detector needs a C compiler"; $(MAKE) directions; fi

eval: build
	$(ONRECORD) eval

bench:
	$(GO) test -run '^$$' -bench . -benchtime 2s ./internal/eval ./internal/tag ./internal/store ./internal/trace

# Needs Node.js and npm; everything else is in docs/performance.md.
bench-compare:
	$(GO) run ./bench compare

bench-stages:
	$(GO) run ./bench stages

bench-memory: build
	$(GO) run ./bench memory -program $(BIN)

# An hour and 12 GB of disk for all sizes; SIZES=10000,100000 takes minutes.
SIZES ?= 10000,100000,1000000
bench-scale: build
	$(GO) run ./bench scale -program $(BIN) -sizes $(SIZES)

# Placing mentions one after the other on one core, and all at once; LARGE=1
# takes ten million too: ten minutes and 14 GB.
bench-tracing:
	GOGC=400 GOMAXPROCS=1 ONRECORD_BENCH_LARGE=$(LARGE) $(GO) test -run '^$$' -bench 'BenchmarkPlace|BenchmarkMillion' \
		-benchtime 1x -timeout 60m ./internal/trace ./internal/eval
	GOGC=400 $(GO) test -run '^$$' -bench BenchmarkBatch -benchtime 1x ./internal/trace

bench-opening:
	$(GO) run ./bench opening

# The calibration is learnt with the new models built in. MODEL_CARD.md says
# what each stage does.
train:
	$(GO) run ./cmd/train models
	$(GO) run ./cmd/train link
	$(GO) run ./cmd/train calibration
	$(GO) run ./cmd/train phrases

clean:
	rm -rf bin $(DEMO)
