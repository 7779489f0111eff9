#include "textflag.h"

// The rows of a are at SI, R9 and R12, R8 bytes apart, those of c at DI, R11
// and R13, R10 bytes apart; the panel is at DX. Row i of c is kept in two
// registers, and each of the k steps adds to it a number of a times a row of b.
// Two registers take turns in holding that number, so that rows need not wait.

#define GET(c, lo, hi) VMOVUPS c, lo; VMOVUPS 64 c, hi
#define PUT(c, lo, hi) VMOVUPS lo, c; VMOVUPS hi, 64 c
#define ADD(a, x, lo, hi) VBROADCASTSS a, x; VFMADD231PS Z16, x, lo; VFMADD231PS Z17, x, hi

#define GET1 GET((DI), Z0, Z1)
#define GET2 GET1; GET((DI)(R10*1), Z2, Z3)
#define GET3 GET2; GET((DI)(R10*2), Z4, Z5)
#define GET4 GET3; GET((R11), Z6, Z7)
#define GET5 GET4; GET((R11)(R10*1), Z8, Z9)
#define GET6 GET5; GET((R11)(R10*2), Z10, Z11)
#define GET7 GET6; GET((R13), Z12, Z13)
#define GET8 GET7; GET((R13)(R10*1), Z14, Z15)

#define PUT1 PUT((DI), Z0, Z1)
#define PUT2 PUT1; PUT((DI)(R10*1), Z2, Z3)
#define PUT3 PUT2; PUT((DI)(R10*2), Z4, Z5)
#define PUT4 PUT3; PUT((R11), Z6, Z7)
#define PUT5 PUT4; PUT((R11)(R10*1), Z8, Z9)
#define PUT6 PUT5; PUT((R11)(R10*2), Z10, Z11)
#define PUT7 PUT6; PUT((R13), Z12, Z13)
#define PUT8 PUT7; PUT((R13)(R10*1), Z14, Z15)

#define ADD1 ADD((SI), Z18, Z0, Z1)
#define ADD2 ADD1; ADD((SI)(R8*1), Z19, Z2, Z3)
#define ADD3 ADD2; ADD((SI)(R8*2), Z18, Z4, Z5)
#define ADD4 ADD3; ADD((R9), Z19, Z6, Z7)
#define ADD5 ADD4; ADD((R9)(R8*1), Z18, Z8, Z9)
#define ADD6 ADD5; ADD((R9)(R8*2), Z19, Z10, Z11)
#define ADD7 ADD6; ADD((R12), Z18, Z12, Z13)
#define ADD8 ADD7; ADD((R12)(R8*1), Z19, Z14, Z15)

// A panel is 128 bytes wide. SI, R9 and R12 go on by one number.
#define NEXT \
	ADDQ $128, DX; \
	ADDQ $4, SI; \
	ADDQ $4, R9; \
	ADDQ $4, R12; \
	DECQ CX

// func mulAVX512(c *float32, ldc int, a *float32, lda int, b *float32, k, rows int)
TEXT ·mulAVX512(SB), NOSPLIT, $0-56
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
	LEAQ (R9)(R8*2), R12
	ADDQ R8, R12
	LEAQ (R11)(R10*2), R13
	ADDQ R10, R13
	CMPQ AX, $8
	JEQ  rows8
	CMPQ AX, $7
	JEQ  rows7
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
	VMOVUPS (DX), Z16
	VMOVUPS 64(DX), Z17
	ADD1
	NEXT
	JNZ step1
	PUT1
	JMP done

rows2:
	GET2

step2:
	VMOVUPS (DX), Z16
	VMOVUPS 64(DX), Z17
	ADD2
	NEXT
	JNZ step2
	PUT2
	JMP done

rows3:
	GET3

step3:
	VMOVUPS (DX), Z16
	VMOVUPS 64(DX), Z17
	ADD3
	NEXT
	JNZ step3
	PUT3
	JMP done

rows4:
	GET4

step4:
	VMOVUPS (DX), Z16
	VMOVUPS 64(DX), Z17
	ADD4
	NEXT
	JNZ step4
	PUT4
	JMP done

rows5:
	GET5

step5:
	VMOVUPS (DX), Z16
	VMOVUPS 64(DX), Z17
	ADD5
	NEXT
	JNZ step5
	PUT5
	JMP done

rows6:
	GET6

step6:
	VMOVUPS (DX), Z16
	VMOVUPS 64(DX), Z17
	ADD6
	NEXT
	JNZ step6
	PUT6
	JMP done

rows7:
	GET7

step7:
	VMOVUPS (DX), Z16
	VMOVUPS 64(DX), Z17
	ADD7
	NEXT
	JNZ step7
	PUT7
	JMP done

rows8:
	GET8

step8:
	VMOVUPS (DX), Z16
	VMOVUPS 64(DX), Z17
	ADD8
	NEXT
	JNZ step8
	PUT8

done:
	VZEROUPPER
	RET
