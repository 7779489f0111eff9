#include "textflag.h"

// func axpyAVX2(dst *float32, s float32, x *float32, n int)
TEXT ·axpyAVX2(SB), NOSPLIT, $0-32
	MOVQ         dst+0(FP), DI
	VBROADCASTSS s+8(FP), Y0
	MOVQ         x+16(FP), SI
	MOVQ         n+24(FP), CX
	SUBQ         $16, CX
	JLT          ones

next16:
	VMOVUPS     (DI), Y1
	VMOVUPS     32(DI), Y2
	VFMADD231PS (SI), Y0, Y1
	VFMADD231PS 32(SI), Y0, Y2
	VMOVUPS     Y1, (DI)
	VMOVUPS     Y2, 32(DI)
	ADDQ        $64, SI
	ADDQ        $64, DI
	SUBQ        $16, CX
	JGE         next16

ones:
	ADDQ $16, CX
	JEQ  done

next1:
	VMOVSS      (DI), X1
	VFMADD231SS (SI), X0, X1
	VMOVSS      X1, (DI)
	ADDQ        $4, SI
	ADDQ        $4, DI
	DECQ        CX
	JNZ         next1

done:
	VZEROUPPER
	RET

// func transpose8(dst *float32, ldd int, a *float32, lda int)
TEXT ·transpose8(SB), NOSPLIT, $0-32
	MOVQ dst+0(FP), DI
	MOVQ ldd+8(FP), R10
	MOVQ a+16(FP), SI
	MOVQ lda+24(FP), R8
	SHLQ $2, R10
	SHLQ $2, R8
	LEAQ (SI)(R8*4), R9
	LEAQ (DI)(R10*4), R11
	LEAQ (R8)(R8*2), R12
	LEAQ (R10)(R10*2), R13

	// Rows i and i+4 share a register, so that all further steps stay within
	// halves of registers: first of columns 0 to 3, then of 4 to 7.
	VMOVUPS     (SI), X0
	VMOVUPS     (SI)(R8*1), X1
	VMOVUPS     (SI)(R8*2), X2
	VMOVUPS     (SI)(R12*1), X3
	VINSERTF128 $1, (R9), Y0, Y0
	VINSERTF128 $1, (R9)(R8*1), Y1, Y1
	VINSERTF128 $1, (R9)(R8*2), Y2, Y2
	VINSERTF128 $1, (R9)(R12*1), Y3, Y3
	VUNPCKLPS   Y1, Y0, Y4
	VUNPCKHPS   Y1, Y0, Y5
	VUNPCKLPS   Y3, Y2, Y6
	VUNPCKHPS   Y3, Y2, Y7
	VUNPCKLPD   Y6, Y4, Y0
	VUNPCKHPD   Y6, Y4, Y1
	VUNPCKLPD   Y7, Y5, Y2
	VUNPCKHPD   Y7, Y5, Y3
	VMOVUPS     Y0, (DI)
	VMOVUPS     Y1, (DI)(R10*1)
	VMOVUPS     Y2, (DI)(R10*2)
	VMOVUPS     Y3, (DI)(R13*1)

	VMOVUPS     16(SI), X0
	VMOVUPS     16(SI)(R8*1), X1
	VMOVUPS     16(SI)(R8*2), X2
	VMOVUPS     16(SI)(R12*1), X3
	VINSERTF128 $1, 16(R9), Y0, Y0
	VINSERTF128 $1, 16(R9)(R8*1), Y1, Y1
	VINSERTF128 $1, 16(R9)(R8*2), Y2, Y2
	VINSERTF128 $1, 16(R9)(R12*1), Y3, Y3
	VUNPCKLPS   Y1, Y0, Y4
	VUNPCKHPS   Y1, Y0, Y5
	VUNPCKLPS   Y3, Y2, Y6
	VUNPCKHPS   Y3, Y2, Y7
	VUNPCKLPD   Y6, Y4, Y0
	VUNPCKHPD   Y6, Y4, Y1
	VUNPCKLPD   Y7, Y5, Y2
	VUNPCKHPD   Y7, Y5, Y3
	VMOVUPS     Y0, (R11)
	VMOVUPS     Y1, (R11)(R10*1)
	VMOVUPS     Y2, (R11)(R10*2)
	VMOVUPS     Y3, (R11)(R13*1)
	VZEROUPPER
	RET
