package main

import (
	"fmt"

	"onrecord/internal/store"
)

// kept is the flag of every command that works on a store.
type kept struct {
	DB string `name:"db" env:"ONRECORD_DB" placeholder:"PATH" help:"The store, a file; onrecord.db in your data folder where this is not given."`
}

func (k kept) path() string {
	if k.DB != "" {
		return k.DB
	}
	return store.DefaultPath()
}

// look opens the store for looking things up.
func (k kept) look(a *app) (*store.Store, error) {
	return store.Open(a.ctx, k.path(), store.Options{ReadOnly: true})
}

// change opens the store for writing; it must be there.
func (k kept) change(a *app) (*store.Store, error) {
	return store.Open(a.ctx, k.path(), store.Options{})
}

// fill opens the store for adding, and makes it where there is none.
func (k kept) fill(a *app) (*store.Store, error) {
	s, err := store.Open(a.ctx, k.path(), store.Options{Create: true})
	if err == nil && s.Raised() {
		fmt.Fprintln(a.stderr, "onrecord: the store was of an older version; run onrecord reread once, so that what it keeps is found as new reports are")
	}
	return s, err
}

// closing closes the store and keeps the first error.
func closing(s *store.Store, err *error) {
	if e := s.Close(); *err == nil {
		*err = e
	}
}
