package store

import (
	"context"
	"embed"
	"fmt"
)

// Migrations are numbered files, applied in order, each in one transaction
// with the number that PRAGMA user_version then shows. A migration library
// was weighed: goose keeps a table of its own and costs about 4 MB of binary
// and 2 ms of start-up for what these few lines do.

//go:embed migrations/*.sql
var migrations embed.FS

// schema is the newest version this program knows.
const schema = 2

// applicationID marks the file as ours ("onrd") to file(1) and to us.
const applicationID = 0x6f6e7264

func (s *Store) migrate(ctx context.Context) error {
	version, err := s.version(ctx)
	if err != nil || version == schema {
		return err
	}
	if s.opt.ReadOnly {
		return &Error{ErrUnwritable, s.path, fmt.Sprintf("the store %s is of an older version: run onrecord reread once to bring it up to date", s.path), nil}
	}
	if _, err := s.conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	if err := s.apply(ctx); err != nil {
		s.conn.ExecContext(context.Background(), "ROLLBACK")
		return err
	}
	_, err = s.conn.ExecContext(ctx, "COMMIT")
	s.raised = err == nil && version > 0
	return err
}

// version reads the schema's version and refuses what is not ours.
func (s *Store) version(ctx context.Context) (int, error) {
	var version, tables, app int
	if err := s.conn.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return 0, err
	}
	if err := s.conn.QueryRowContext(ctx, "PRAGMA application_id").Scan(&app); err != nil {
		return 0, err
	}
	if app != applicationID {
		if err := s.conn.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
			return 0, err
		}
		if tables > 0 || version > 0 {
			return 0, &Error{ErrNoStore, s.path, fmt.Sprintf("%s is a database of another program: name another file with --db", s.path), nil}
		}
		if s.opt.ReadOnly {
			return 0, missing(s.path)
		}
		return 0, nil
	}
	if version > schema {
		return 0, &Error{ErrNewer, s.path, fmt.Sprintf("the store %s was written by a newer onrecord (version %d, this one knows %d): use that one, or another store with --db", s.path, version, schema), nil}
	}
	return version, nil
}

// apply runs inside a transaction: another process may have been first.
func (s *Store) apply(ctx context.Context) error {
	version, err := s.version(ctx)
	if err != nil {
		return err
	}
	for v := version + 1; v <= schema; v++ {
		text, err := migrations.ReadFile(fmt.Sprintf("migrations/%04d.sql", v))
		if err != nil {
			return err
		}
		if _, err := s.conn.ExecContext(ctx, string(text)); err != nil {
			return fmt.Errorf("schema version %d: %w", v, err)
		}
		if v == 2 {
			if err := s.sketchAll(); err != nil {
				return fmt.Errorf("schema version %d: %w", v, err)
			}
		}
	}
	_, err = s.conn.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, schema))
	return err
}
