package image

import (
	"bytes"
	"encoding/binary"
	"unsafe"
)

// number is what sections consist of: types of a fixed size, without padding, of which every bit pattern is a value.
type number interface {
	uint16 | uint64 | float64 | [States]float64 | [PageSize]uint16 | Root
}

// view gives the bytes of a section, whose length is a multiple of T's size, as what they are. It is the same memory
// where the machine is little-endian and the bytes lie as T has to, and a copy elsewhere.
func view[T number](b []byte) []T {
	size := int(unsafe.Sizeof(*new(T)))
	n := len(b) / size
	if n == 0 {
		return nil
	}
	if binary.NativeEndian.Uint16([]byte{1, 0}) == 1 && uintptr(unsafe.Pointer(&b[0]))%unsafe.Alignof(*new(T)) == 0 {
		return unsafe.Slice((*T)(unsafe.Pointer(&b[0])), n)
	}
	out := make([]T, n)
	// Reading fails where bytes are missing only.
	_ = binary.Read(bytes.NewReader(b), binary.LittleEndian, out)
	return out
}
