package fetch

import (
	"context"
	"io"
)

// patient reads standard input in a goroutine of its own, so that Ctrl-C ends
// the wait for somebody who types, or for a pipe that sends nothing.
type patient struct {
	ctx    context.Context
	chunks chan chunk
	rest   []byte
	err    error
}

type chunk struct {
	data []byte
	err  error
}

func newPatient(ctx context.Context, in io.Reader) *patient {
	p := &patient{ctx: ctx, chunks: make(chan chunk)}
	go func() {
		// Two buffers are enough: while one is read from the other is filled,
		// and it is handed over only when the first is used up.
		var buffers [2][64 << 10]byte
		for i := 0; ; i ^= 1 {
			data := buffers[i][:]
			n, err := in.Read(data)
			select {
			case p.chunks <- chunk{data[:n], err}:
			case <-ctx.Done():
				return
			}
			if err != nil {
				return
			}
		}
	}()
	return p
}

func (p *patient) Read(to []byte) (int, error) {
	for len(p.rest) == 0 {
		if p.err != nil {
			return 0, p.err
		}
		select {
		case c := <-p.chunks:
			p.rest, p.err = c.data, c.err
		case <-p.ctx.Done():
			return 0, p.ctx.Err()
		}
	}
	n := copy(to, p.rest)
	p.rest = p.rest[n:]
	return n, nil
}
