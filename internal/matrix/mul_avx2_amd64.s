#include "textflag.h"

// The rows of a are at SI and R9, R8 bytes apart, those of c at DI and R11, R10
// bytes apart; half a panel is at DX. Row i of c is kept in two
// registers, and each of the k steps adds to it a number of a times a row of b.
// Two registers take turns in holding that number, so that rows need not wait.

#define GET(c, lo, hi) VMOVUPS c, lo; VMOVUPS 32 c, hi
#define PUT(c, lo, hi) VMOVUPS lo, c; VMOVUPS hi, 32 c
#define ADD(a, x, lo, hi) VBROADCASTSS a, x; VFMADD231PS Y12, x, lo; VFMADD231PS Y13, x, hi

#define GET1 GET((DI), Y0, Y1)
#define GET2 GET1; GET((DI)(R10*1), Y2, Y3)
#define GET3 GET2; GET((DI)(R10*2), Y4, Y5)
#define GET4 GET3; GET((R11), Y6, Y7)
#define GET5 GET4; GET((R11)(R10*1), Y8, Y9)
#define GET6 GET5; GET((R11)(R10*2), Y10, Y11)

#define PUT1 PUT((DI), Y0, Y1)
#define PUT2 PUT1; PUT((DI)(R10*1), Y2, Y3)
#define PUT3 PUT2; PUT((DI)(R10*2), Y4, Y5)
#define PUT4 PUT3; PUT((R11), Y6, Y7)
#define PUT5 PUT4; PUT((R11)(R10*1), Y8, Y9)
#define PUT6 PUT5; PUT((R11)(R10*2), Y10, Y11)

#define ADD1 ADD((SI), Y14, Y0, Y1)
#define ADD2 ADD1; ADD((SI)(R8*1), Y15, Y2, Y3)
#define ADD3 ADD2; ADD((SI)(R8*2), Y14, Y4, Y5)
#define ADD4 ADD3; ADD((R9), Y15, Y6, Y7)
#define ADD5 ADD4; ADD((R9)(R8*1), Y14, Y8, Y9)
#define ADD6 ADD5; ADD((R9)(R8*2), Y15, Y10, Y11)

// A panel is 128 bytes wide. SI and R9 go on by one number.
#define NEXT \
	ADDQ $128, DX; \
	ADDQ $4, SI; \
	ADDQ $4, R9; \
	DECQ CX

// func mulAVX2(c *float32, ldc int, a *float32, lda int, b *float32, k, rows int)
TEXT ·mulAVX2(SB), NOSPLIT, $0-56
	MOVQ c+0(FP), DI
	MOVQ ldc+8(FP), R10
	MOVQ a+16(FP), SI
	MOVQ lda+24(FP), R8
	MOVQ b+32(FP), DX
	MOVQ k+40(FP), CX
	MOVQ rows+48(FP), AX
	SHLQ $2, R8
	SHLQ $2, R10
	LEAQ (SI)(R8*2), R9
	ADDQ R8, R9
	LEAQ (DI)(R10*2), R11
	ADDQ R10, R11
	CMPQ AX, $6
	JEQ  rows6
	CMPQ AX, $5
	JEQ  rows5
	CMPQ AX, $4
	JEQ  rows4
	CMPQ AX, $3
	JEQ  rows3
	CMPQ AX, $2
	JEQ  rows2

rows1:
	GET1

step1:
	VMOVUPS (DX), Y12
	VMOVUPS 32(DX), Y13
	ADD1
	NEXT
	JNZ step1
	PUT1
	JMP done

rows2:
	GET2

step2:
	VMOVUPS (DX), Y12
	VMOVUPS 32(DX), Y13
	ADD2
	NEXT
	JNZ step2
	PUT2
	JMP done

rows3:
	GET3

step3:
	VMOVUPS (DX), Y12
	VMOVUPS 32(DX), Y13
	ADD3
	NEXT
	JNZ step3
	PUT3
	JMP done

rows4:
	GET4

step4:
	VMOVUPS (DX), Y12
	VMOVUPS 32(DX), Y13
	ADD4
	NEXT
	JNZ step4
	PUT4
	JMP done

rows5:
	GET5

step5:
	VMOVUPS (DX), Y12
	VMOVUPS 32(DX), Y13
	ADD5
	NEXT
	JNZ step5
	PUT5
	JMP done

rows6:
	GET6

step6:
	VMOVUPS (DX), Y12
	VMOVUPS 32(DX), Y13
	ADD6
	NEXT
	JNZ step6
	PUT6

done:
	VZEROUPPER
	RET
