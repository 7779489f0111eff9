package main

import (
	"os"
	"strings"
	"syscall"

	"golang.org/x/term"
)

// stopSignals are what asks the program to finish what it has in hand.
var stopSignals = []os.Signal{os.Interrupt, syscall.SIGTERM}

// widest keeps a line of words readable on a wide terminal.
const widest = 100

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// columns is the width to wrap at: the terminal's, but no wider than eyes
// like, and 0 where it is not known.
func columns(f *os.File) int {
	w, _, err := term.GetSize(int(f.Fd()))
	if err != nil || w <= 0 {
		return 0
	}
	return min(max(w, 30), widest)
}

// oneLine keeps an error on one line, whatever a library put into it.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
