package matrix

import "fmt"

type kernel int

const (
	plain kernel = iota
	avx2
	avx512
)

var kernelNames = [...]string{plain: "plain", avx2: "avx2", avx512: "avx512"}

var current = best()

// Kernel names what is used: "avx512", "avx2" or "plain".
func Kernel() string { return kernelNames[current] }

// Use sets the kernel, for tests and benchmarks, and returns the name of the
// one before. It is an error when there is no such kernel or the processor
// lacks it. Nothing else of this package may run meanwhile.
func Use(name string) (string, error) {
	before := Kernel()
	for k, n := range kernelNames {
		if n != name {
			continue
		}
		if kernel(k) > best() {
			return before, fmt.Errorf("matrix: the processor lacks %s", name)
		}
		current = kernel(k)
		return before, nil
	}
	return before, fmt.Errorf("matrix: no kernel %q", name)
}
