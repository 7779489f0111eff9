package tag

import (
	_ "embed"
	"fmt"
	"sync"
)

//go:embed model.bin
var model []byte

//go:embed fast.bin
var fastModel []byte

// Embedded is the Tagger inside the program, loaded when first asked for.
var Embedded = sync.OnceValue(func() *Tagger { return load("model.bin", model) })

// EmbeddedFast is the small Tagger inside the program, which learnt from the
// large one: a seventh of the work for about a point of F1.
var EmbeddedFast = sync.OnceValue(func() *Tagger { return load("fast.bin", fastModel) })

// load panics where a model cannot be loaded: a mistake of the build, found by
// any test that reads a report.
func load(name string, data []byte) *Tagger {
	n, bias, err := Decode(data)
	if err != nil {
		panic(fmt.Sprintf("tag: %s: %v; run make train", name, err))
	}
	return New(n, bias)
}
