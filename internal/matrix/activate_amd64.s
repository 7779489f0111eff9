#include "textflag.h"

// The arithmetic of activatePlain, on whole registers. DX points to a curve,
// 64 bytes a constant. Where x is no number, VMAXPS and VMINPS return their
// second source, which keeps it that way.

// func activateAVX2(x *float32, n int, c *curve)
TEXT ·activateAVX2(SB), NOSPLIT, $0-24
	MOVQ    x+0(FP), DI
	MOVQ    n+8(FP), CX
	MOVQ    c+16(FP), DX
	VMOVUPS 64(DX), Y8
	VMOVUPS 128(DX), Y9
	VMOVUPS 896(DX), Y10
	VMOVUPS 0(DX), Y11

next:
	VMULPS (DI), Y11, Y0
	VMAXPS Y0, Y8, Y0
	VMINPS Y0, Y9, Y0

	// Y1: scale·x/ln 2 + magic; Y2: that as a whole number; Y0: the rest.
	VMOVUPS     256(DX), Y1
	VFMADD231PS 192(DX), Y0, Y1
	VSUBPS      256(DX), Y1, Y2
	VFMADD231PS 320(DX), Y2, Y0
	VFMADD231PS 384(DX), Y2, Y0
	VPSLLD      $23, Y1, Y1
	VPADDD      832(DX), Y1, Y1

	VMOVUPS     448(DX), Y3
	VFMADD213PS 512(DX), Y0, Y3
	VFMADD213PS 576(DX), Y0, Y3
	VFMADD213PS 640(DX), Y0, Y3
	VFMADD213PS 704(DX), Y0, Y3
	VFMADD213PS 768(DX), Y0, Y3
	VMULPS      Y0, Y0, Y4
	VFMADD213PS Y0, Y4, Y3
	VADDPS      832(DX), Y3, Y3
	VMULPS      Y1, Y3, Y3

	VADDPS  832(DX), Y3, Y3
	VDIVPS  Y3, Y10, Y4
	VADDPS  960(DX), Y4, Y4
	VMOVUPS Y4, (DI)
	ADDQ    $32, DI
	SUBQ    $8, CX
	JNZ     next
	VZEROUPPER
	RET

// func activateAVX512(x *float32, n int, c *curve)
TEXT ·activateAVX512(SB), NOSPLIT, $0-24
	MOVQ    x+0(FP), DI
	MOVQ    n+8(FP), CX
	MOVQ    c+16(FP), DX
	VMOVUPS 64(DX), Z8
	VMOVUPS 128(DX), Z9
	VMOVUPS 896(DX), Z10
	VMOVUPS 0(DX), Z11

next:
	VMULPS (DI), Z11, Z0
	VMAXPS Z0, Z8, Z0
	VMINPS Z0, Z9, Z0

	// Z1: scale·x/ln 2 + magic; Z2: that as a whole number; Z0: the rest.
	VMOVUPS     256(DX), Z1
	VFMADD231PS 192(DX), Z0, Z1
	VSUBPS      256(DX), Z1, Z2
	VFMADD231PS 320(DX), Z2, Z0
	VFMADD231PS 384(DX), Z2, Z0
	VPSLLD      $23, Z1, Z1
	VPADDD      832(DX), Z1, Z1

	VMOVUPS     448(DX), Z3
	VFMADD213PS 512(DX), Z0, Z3
	VFMADD213PS 576(DX), Z0, Z3
	VFMADD213PS 640(DX), Z0, Z3
	VFMADD213PS 704(DX), Z0, Z3
	VFMADD213PS 768(DX), Z0, Z3
	VMULPS      Z0, Z0, Z4
	VFMADD213PS Z0, Z4, Z3
	VADDPS      832(DX), Z3, Z3
	VMULPS      Z1, Z3, Z3

	VADDPS  832(DX), Z3, Z3
	VDIVPS  Z3, Z10, Z4
	VADDPS  960(DX), Z4, Z4
	VMOVUPS Z4, (DI)
	ADDQ    $64, DI
	SUBQ    $16, CX
	JNZ     next
	VZEROUPPER
	RET
