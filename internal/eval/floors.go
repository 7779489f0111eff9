package eval

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
)

//go:embed floors.json
var floorsFile []byte

// floors holds, for each figure, the value it must not fall below.
type floors map[string]float64

// slack forgives the last bit of a division.
const slack = 1e-9

func readFloors(data []byte) (floors, error) {
	f := floors{}
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, fmt.Errorf("reading the floors: %w", err)
	}
	return f, nil
}

// below lists, in order of name, the figures below their floors and the floors
// of a measured set that no figure answers to any more: a figure may not slip
// its floor by being renamed or left out.
func (f floors) below(figures []figure, measured []string) []string {
	got := map[string]float64{}
	for _, g := range figures {
		got[g.name] = g.value
	}
	var lines []string
	for name, floor := range f {
		set, _, _ := strings.Cut(name, ".")
		if !slices.Contains(measured, set) {
			continue
		}
		value, ok := got[name]
		switch {
		case !ok:
			lines = append(lines, fmt.Sprintf("%s: floor %.2f, but the figure is no longer measured", name, floor))
		case value+slack < floor:
			lines = append(lines, fmt.Sprintf("%s: %.4f, floor %.2f", name, value, floor))
		}
	}
	slices.Sort(lines)
	return lines
}

// raise lifts the floors to the figures, rounded down to a hundredth, and
// never lowers one. It returns how many rose. A figure of a sample that changes
// with the readings keeps two hundredths of room: in 150 texts three more
// mistakes are no worse program.
func (f floors) raise(figures []figure) int {
	rose := 0
	for _, g := range figures {
		value := g.value
		if g.sampled {
			value = max(0, value-0.02)
		}
		floor := math.Floor((value+slack)*100) / 100
		if old, ok := f[g.name]; !ok || floor > old {
			f[g.name] = floor
			rose++
		}
	}
	return rose
}

// raiseFile rewrites the floors file at path.
func raiseFile(path string, figures []figure) (int, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return 0, fmt.Errorf("raising the floors: %w", err)
	}
	f, err := readFloors(data)
	if err != nil {
		return 0, err
	}
	rose := f.raise(figures)
	if err := os.WriteFile(path, f.encode(), 0o644); err != nil {
		return 0, fmt.Errorf("raising the floors: %w", err)
	}
	return rose, nil
}

// encode writes one floor a line, in order of name, so that a change shows as
// the lines that rose.
func (f floors) encode() []byte {
	names := make([]string, 0, len(f))
	for n := range f {
		names = append(names, n)
	}
	slices.SortFunc(names, cmp.Compare[string])
	var b strings.Builder
	b.WriteString("{\n")
	for i, n := range names {
		comma := ","
		if i == len(names)-1 {
			comma = ""
		}
		fmt.Fprintf(&b, "  %q: %.2f%s\n", n, f[n], comma)
	}
	b.WriteString("}\n")
	return []byte(b.String())
}
