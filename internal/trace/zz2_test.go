package trace
import ("testing";"fmt";"slices";"onrecord/internal/record")
func sharedBits(a,b *Text)(s,x,y float64){ m:=map[uint64]bool{}; for _,p:=range b.shingles(){m[p.hash]=true; y+=p.bits}; for _,p:=range a.shingles(){x+=p.bits; if m[p.hash]{s+=p.bits}}; return }
func TestZZFrac(t *testing.T){
 ix:=NewMemory(); h:=map[int][]float64{}; non:=map[int][]float64{}
 bulkWorld(60000,func(e record.Entry){ ix.Put(e); x:=ix.placer.item(ix.entry(e.Key)); if x.text.Len()==0{return}
  p:=&placing{Placer:ix.placer,x:x}; found,_,_:=p.candidates(x,x.text.shingles())
  for _,c:=range found { if c.whole==x.whole{continue}; _,_,d:=both(x,c); s,a,b:=sharedBits(x.text,c.text); k:=min(x.text.Len(),c.text.Len())/5; if k>8{k=8}
   if d.linked||d.repeated {h[k]=append(h[k],s/min(a,b))} else {non[k]=append(non[k],s/min(a,b))} }
  Place(ix,e)
 })
 for k:=0;k<9;k++{ l:=h[k]; slices.Sort(l); n:=len(l); if n==0{continue}; m:=non[k]; slices.Sort(m); f:=func(l []float64,q float64)float64{ if len(l)==0{return -1}; return l[int(q*float64(len(l)-1))]}
  fmt.Printf("len %d-: linked %d min %.2f .1%% %.2f .3%% %.2f 1%% %.2f 2%% %.2f 5%% %.2f | not %d 50%% %.2f 75%% %.2f 90%% %.2f 95%% %.2f 99%% %.2f\n",k*5,n,l[0],f(l,.001),f(l,.003),f(l,.01),f(l,.02),f(l,.05),len(m),f(m,.5),f(m,.75),f(m,.9),f(m,.95),f(m,.99)) }
}
