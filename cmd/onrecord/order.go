package main

import (
	"context"
	"runtime"
	"sync"

	"onrecord/internal/record"
)

// readers is how many reports are read at the same time.
func readers() int { return max(2, runtime.GOMAXPROCS(0)) }

// inOrder reads pages on several goroutines and hands the results to emit in
// the order in which the pages came, from one goroutine, this one: it is the
// only writer. At most a few pages are in hand, so that memory stays small.
//
// An error of emit, or a cancelled context, stops the source. What emit
// has been given stays; what it has not been given was never kept.
func inOrder[T any](ctx context.Context, source func(yield func(record.Page) error) (int, error),
	work func(record.Page) T, emit func(T) error) (problems int, err error) {
	workers := readers()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type job struct {
		page record.Page
		done chan T
	}
	jobs := make(chan job, workers)
	queue := make(chan job, 2*workers) // in the order of the source
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			for j := range jobs {
				j.done <- work(j.page)
			}
		})
	}
	var sourceErr error
	all.Go(func() {
		defer close(jobs)
		defer close(queue)
		problems, sourceErr = source(func(p record.Page) error {
			j := job{p, make(chan T, 1)}
			select {
			case queue <- j:
			case <-ctx.Done():
				return ctx.Err()
			}
			select {
			case jobs <- j:
				return nil
			case <-ctx.Done():
				j.done <- *new(T) // nobody will work on it
				return ctx.Err()
			}
		})
	})
	for j := range queue {
		got := <-j.done
		if err == nil && ctx.Err() == nil {
			if err = emit(got); err != nil {
				cancel()
			}
		}
	}
	all.Wait()
	if err == nil {
		err = sourceErr
	}
	return problems, err
}
