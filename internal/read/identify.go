package read

import (
	"onrecord/internal/record"
	"onrecord/internal/store"
)

// identify says which persons the chains of a kept article are.
func identify(s *store.Store, added store.Added, r record.Reading) error { return nil }
