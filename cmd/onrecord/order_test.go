package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"testing"

	"onrecord/internal/record"
)

func pages(n int) func(yield func(record.Page) error) (int, error) {
	return func(yield func(record.Page) error) (int, error) {
		for i := range n {
			if err := yield(record.Page{ID: fmt.Sprint(i)}); err != nil {
				return 0, err
			}
		}
		return 2, nil
	}
}

// idle lets other goroutines go first, more often for some pages than others.
func idle(p record.Page) string {
	for range len(p.ID) * 7 % 5 {
		runtime.Gosched()
	}
	return p.ID
}

func TestInOrder(t *testing.T) {
	next := 0
	problems, err := inOrder(context.Background(), pages(500), idle, func(id string) error {
		if id != fmt.Sprint(next) {
			t.Fatalf("page %s came where %d was due", id, next)
		}
		next++
		return nil
	})
	if err != nil || problems != 2 || next != 500 {
		t.Errorf("%d pages, %d problems, %v; want 500, 2, nil", next, problems, err)
	}
}

func TestInOrderStopsAtAnError(t *testing.T) {
	full := errors.New("disk full")
	n := 0
	_, err := inOrder(context.Background(), pages(500), idle, func(string) error {
		if n++; n == 10 {
			return full
		}
		return nil
	})
	if !errors.Is(err, full) || n != 10 {
		t.Errorf("%d pages were handed on after %v; want 10 and the error itself", n, err)
	}
}

func TestInOrderStopsWhenInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	_, err := inOrder(ctx, pages(500), idle, func(string) error {
		if n++; n == 10 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || n != 10 {
		t.Errorf("%d pages were handed on, then %v; want 10, and that it was interrupted", n, err)
	}
}
