package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"reflect"
	"sync"
	"time"
)

// The codec keeps values of package record as short runs of bytes: each field
// that is not empty, under a number made from its name. So a field that a
// later version adds is simply absent from older rows, one that it drops is
// skipped, and the noun's declaration is the only schema. JSON would do the
// same in four times the room and time.

type wire byte

const (
	wireInt   wire = iota // a varint
	wireBytes             // a length, then that many bytes
)

type field struct {
	tag  uint64 // 14 bits of the name's hash, then the wire
	at   int
	kind *shape
}

// shape is what the codec knows of a type.
type shape struct {
	wire   wire
	kind   reflect.Kind
	time   bool
	fields []field
	byTag  map[uint64]int
	elem   *shape
}

var (
	shapes   sync.Map // reflect.Type -> *shape
	timeType = reflect.TypeFor[time.Time]()
	errShort = errors.New("the kept value is cut short")
)

func shapeOf(t reflect.Type) *shape {
	if s, ok := shapes.Load(t); ok {
		return s.(*shape)
	}
	s := makeShape(t)
	shapes.Store(t, s)
	return s
}

func makeShape(t reflect.Type) *shape {
	s := &shape{kind: t.Kind(), wire: wireBytes}
	switch {
	case t == timeType:
		s.time = true
	case t.Kind() == reflect.Struct:
		s.byTag = map[uint64]int{}
		for i := range t.NumField() {
			sub := shapeOf(t.Field(i).Type)
			f := field{tag: nameTag(t.Field(i).Name)<<1 | uint64(sub.wire), at: i, kind: sub}
			if _, taken := s.byTag[f.tag]; taken {
				panic(fmt.Sprintf("two fields of %v have one tag: rename %s", t, t.Field(i).Name))
			}
			s.byTag[f.tag] = len(s.fields)
			s.fields = append(s.fields, f)
		}
	case t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer:
		s.elem = shapeOf(t.Elem())
	case t.Kind() == reflect.String:
	case t.Kind() == reflect.Float64, t.Kind() == reflect.Bool, reflect.Zero(t).CanInt(), reflect.Zero(t).CanUint():
		s.wire = wireInt
	default:
		panic(fmt.Sprintf("the codec does not know %v", t))
	}
	return s
}

// nameTag is 13 bits, so that most tags take two bytes.
func nameTag(name string) uint64 {
	h := fnv.New32a()
	h.Write([]byte(name))
	return uint64(h.Sum32()) & 0x1fff
}

// encode appends v, a struct or a slice of package record.
func encode[T any](b []byte, v *T) []byte {
	r := reflect.ValueOf(v).Elem()
	return shapeOf(r.Type()).append(b, r)
}

// decode fills v from b; what b does not hold stays empty.
func decode[T any](b []byte, v *T) error {
	r := reflect.ValueOf(v).Elem()
	return shapeOf(r.Type()).fill(b, r)
}

// append writes the value without its length.
func (s *shape) append(b []byte, v reflect.Value) []byte {
	switch {
	case s.time:
		return appendTime(b, v.Interface().(time.Time))
	case s.wire == wireInt:
		return binary.AppendUvarint(b, number(v))
	}
	switch s.kind {
	case reflect.String:
		return append(b, v.String()...)
	case reflect.Pointer:
		return s.elem.appendWhole(b, v.Elem())
	case reflect.Slice:
		for i := range v.Len() {
			b = s.elem.appendWhole(b, v.Index(i))
		}
		return b
	}
	for i := range s.fields {
		f := &s.fields[i]
		x := v.Field(f.at)
		if f.kind.empty(x) {
			continue
		}
		b = binary.AppendUvarint(b, f.tag)
		b = f.kind.appendWhole(b, x)
	}
	return b
}

// empty tells whether the field need not be written.
func (s *shape) empty(v reflect.Value) bool {
	if s.kind == reflect.Slice {
		return v.Len() == 0
	}
	return v.IsZero()
}

// appendWhole writes the value so that a reader knows where it ends.
func (s *shape) appendWhole(b []byte, v reflect.Value) []byte {
	if s.wire == wireInt {
		return s.append(b, v)
	}
	at := len(b)
	b = append(b, 0) // most lengths take one byte
	b = s.append(b, v)
	n := len(b) - at - 1
	if n < 0x80 {
		b[at] = byte(n)
		return b
	}
	var head [binary.MaxVarintLen64]byte
	w := binary.PutUvarint(head[:], uint64(n))
	b = append(b, head[1:w]...) // room for the rest of the length
	copy(b[at+w:], b[at+1:at+1+n])
	copy(b[at:], head[:w])
	return b
}

func (s *shape) fill(b []byte, v reflect.Value) error {
	switch {
	case s.time:
		return fillTime(b, v)
	case s.wire == wireInt:
		x, n := binary.Uvarint(b)
		if n <= 0 {
			return errShort
		}
		setNumber(v, x)
		return nil
	}
	switch s.kind {
	case reflect.String:
		v.SetString(string(b))
		return nil
	case reflect.Pointer:
		part, _, err := s.elem.cut(b)
		if err != nil {
			return err
		}
		p := reflect.New(v.Type().Elem())
		v.Set(p)
		return s.elem.fill(part, p.Elem())
	case reflect.Slice:
		return s.fillSlice(b, v)
	}
	return s.fillStruct(b, v)
}

func (s *shape) fillSlice(b []byte, v reflect.Value) error {
	n := 0
	for rest := b; len(rest) > 0; n++ {
		var err error
		if _, rest, err = s.elem.cut(rest); err != nil {
			return err
		}
	}
	if n == 0 {
		return nil
	}
	v.Set(reflect.MakeSlice(v.Type(), n, n))
	for i := range n {
		var part []byte
		part, b, _ = s.elem.cut(b)
		if err := s.elem.fill(part, v.Index(i)); err != nil {
			return err
		}
	}
	return nil
}

func (s *shape) fillStruct(b []byte, v reflect.Value) error {
	for len(b) > 0 {
		tag, n := binary.Uvarint(b)
		if n <= 0 {
			return errShort
		}
		sub := &shape{wire: wire(tag & 1)}
		i, known := s.byTag[tag]
		if known {
			sub = s.fields[i].kind
		}
		part, rest, err := sub.cut(b[n:])
		if err != nil {
			return err
		}
		if known {
			if err := sub.fill(part, v.Field(s.fields[i].at)); err != nil {
				return err
			}
		}
		b = rest
	}
	return nil
}

// cut takes one whole value off b.
func (s *shape) cut(b []byte) (part, rest []byte, err error) {
	x, n := binary.Uvarint(b)
	switch {
	case n <= 0:
		return nil, nil, errShort
	case s.wire == wireInt:
		return b[:n], b[n:], nil
	case x > uint64(len(b)-n):
		return nil, nil, errShort
	}
	return b[n : n+int(x)], b[n+int(x):], nil
}

// number turns a number into an unsigned one that is short when it is small.
func number(v reflect.Value) uint64 {
	switch {
	case v.CanInt():
		x := v.Int()
		return uint64(x<<1) ^ uint64(x>>63)
	case v.CanUint():
		return v.Uint()
	case v.CanFloat():
		return math.Float64bits(v.Float())
	case v.Bool():
		return 1
	}
	return 0
}

func setNumber(v reflect.Value, x uint64) {
	switch {
	case v.CanInt():
		v.SetInt(int64(x>>1) ^ -int64(x&1))
	case v.CanUint():
		v.SetUint(x)
	case v.CanFloat():
		v.SetFloat(math.Float64frombits(x))
	default:
		v.SetBool(x != 0)
	}
}

// appendTime keeps the clock and the offset of the zone, which is all that an
// RFC 3339 time says.
func appendTime(b []byte, t time.Time) []byte {
	_, offset := t.Zone()
	b = binary.AppendVarint(b, t.Unix())
	b = binary.AppendVarint(b, int64(t.Nanosecond()))
	return binary.AppendVarint(b, int64(offset))
}

func fillTime(b []byte, v reflect.Value) error {
	var x [3]int64
	for i := range x {
		n := 0
		if x[i], n = binary.Varint(b); n <= 0 {
			return errShort
		}
		b = b[n:]
	}
	t := time.Unix(x[0], x[1]).UTC()
	if x[2] != 0 {
		t = t.In(time.FixedZone("", int(x[2])))
	}
	v.Set(reflect.ValueOf(t))
	return nil
}
