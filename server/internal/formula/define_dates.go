package formula

// dateDefinitions are functions of days and times.
const dateDefinitions = `YEAR n: .DAY(n,0)
MONTH n: .DAY(n,1)
DAY n: .DAY(n,2)
TIME h m s | INT(h)*3600+INT(m)*60+INT(s)>=0: MOD(INT(h)*3600+INT(m)*60+INT(s),86400)/86400
.SEC n | n>=0: ROUND((n-INT(n))*86400,0)
HOUR n: INT(MOD(.SEC(n),86400)/3600)
MINUTE n: INT(MOD(.SEC(n),3600)/60)
SECOND n: MOD(.SEC(n),60)
TODAY: INT(NOW())
TIMEVALUE t?: LET(n,DATEVALUE(t),n-INT(n))
DAYS b a: INT(b)-INT(a)
WEEKDAY n k=1 | n>=0: IF(k=3,MOD(INT(n)+5,7),MOD(INT(n)-CHOOSE(IF(k>10,k-8,k),1,2,2,3,4,5,6,7,1),7)+1)
WEEKNUM n k=1 | k<>3: IF(k=21,ISOWEEKNUM(n),LET(j,DATE(YEAR(n),1,1),INT((INT(n)-j+WEEKDAY(j,k)-1)/7)+1))
ISOWEEKNUM n: LET(t,INT(n)-WEEKDAY(n,3)+3,INT((t-DATE(YEAR(t),1,1))/7)+1)
EDATE n m: LET(k,TRUNC(m),MIN(DATE(YEAR(n),MONTH(n)+k,DAY(n)),DATE(YEAR(n),MONTH(n)+k+1,0)))
EOMONTH n m: DATE(YEAR(n),MONTH(n)+TRUNC(m)+1,0)
.TH a b x y: (YEAR(b)-YEAR(a))*360+(MONTH(b)-MONTH(a))*30+y-x
DAYS360 a b m=0: LET(x,IF(m,MIN(30,DAY(a)),IF(DAY(a+1)=1,30,DAY(a))),.TH(a,b,x,IF(AND(DAY(b)=31,OR(m,x=30)),30,DAY(b))))
.F n: AND(MONTH(n)=2,MONTH(n+1)=3)
.US a b: LET(x,IF(OR(.F(a),DAY(a)=31),30,DAY(a)),.TH(a,b,x,IF(OR(AND(.F(a),.F(b)),AND(DAY(b)=31,x=30)),30,DAY(b))))
.D a b k: IF(k<1,.US(a,b),IF(k>=4,DAYS360(a,b,1),INT(b)-INT(a)))
.L y: DAY(DATE(y,3,0))=29
.ACT a b: IF(b>EDATE(a,12),(DATE(YEAR(b)+1,1,1)-DATE(YEAR(a),1,1))/(YEAR(b)-YEAR(a)+1),365+IF(YEAR(a)=YEAR(b),.L(YEAR(a)),OR(AND(.L(YEAR(a)),a<=DATE(YEAR(a),2,29)),AND(.L(YEAR(b)),b>=DATE(YEAR(b),2,29)))))
YEARFRAC a b k=0 | k>=0,k<5: IF(a>b,YEARFRAC(b,a,k),.D(a,b,k)/CHOOSE(INT(k)+1,360,.ACT(INT(a),INT(b)),360,365,360))
DATEDIF a b u? | a>=0,a<=b: LET(x,INT(a),y,INT(b),n,(YEAR(y)-YEAR(x))*12+MONTH(y)-MONTH(x)-(DAY(y)<DAY(x)),SWITCH(u,"Y",INT(n/12),"M",n,"D",y-x,"YM",MOD(n,12),"MD",y-EDATE(x,n),"YD",y-EDATE(x,INT(n/12)*12),#NUM!))
.OFF w!-: IF(.KIND(w)<=0,"0000011",IF(.KIND(w)=2,IF(OR(LEN(w)<>7,w="1111111",SUBSTITUTE(SUBSTITUTE(w,"0",""),"1","")<>""),#VALUE!,w),IF(AND(w>=1,w<8),MID("00000110000011",9-w,7),IF(AND(w>=11,w<18),MID("00000010000001",19-w,7),#NUM!))))
.WORKS n w! h!: AND(MID(w,WEEKDAY(n,2),1)="0",ISNA(MATCH(n,h,0)))
.BETWEEN a b w! h!: IF(a>b,-.BETWEEN(b,a,w,h),.FOLD(i,a,b,n,0,n+.WORKS(i,w,h)))
.NEXT n d w! h!: LET(s,SIGN(d),.FOLD(i,1,ABS(d),t,n,.STEP(t,s,w,h)))
.STEP t s w! h!: IF(.WORKS(t+s,w,h),t+s,.STEP(t+s,s,w,h))
NETWORKDAYS a b h@-: .BETWEEN(INT(a),INT(b),.OFF(),INT(h))
NETWORKDAYS.INTL a b w!- h@-: .BETWEEN(INT(a),INT(b),.OFF(w),INT(h))
WORKDAY a d h@-: .NEXT(INT(a),TRUNC(d),.OFF(),INT(h))
WORKDAY.INTL a d w!- h@-: .NEXT(INT(a),TRUNC(d),.OFF(w),INT(h))
`

// textDefinitions are functions of texts and other values, and those that find
// values in places.
const textDefinitions = `LEFT t? n=1: MID(t,1,n)
RIGHT t? n=1: IF(n<0,#VALUE!,MID(t,MAX(0,LEN(t)-INT(n))+1,n))
REPLACE t? a n w?: IF(OR(a<1,n<0),#VALUE!,LEFT(t,a-1)&w&MID(t,INT(a)+INT(n),32767))
CODE t?: .CODE(t,1)
UNICODE t?: .CODE(t,0)
CONCAT x^: TEXTJOIN("",FALSE,x)
ASC t?: t&""
DBCS t?: t&""
T v?: IF(.KIND(v)>16,v,IF(.KIND(v)=2,v,""))
N v?: IF(.KIND(v)>16,v,IF(.KIND(v)=2,0,v+0))
FIXED a d=2 n=0: TEXT(ROUND(a,d),IF(n,"0","#,##0")&IF(d>=1,"."&REPT("0",d),""))
DOLLAR a d=2: LET(p,"$#,##0"&IF(d>=1,"."&REPT("0",d),""),TEXT(ROUND(a,d),p&";("&p&")"))
HYPERLINK a? b?-: IF(.KIND(b)<0,a,b)
NUMBERVALUE t? p?- g?-: LET(x,SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(t," ",""),IF(.KIND(g)<0,",",LEFT(g)),""),IF(.KIND(p)<0,".",LEFT(p)),"."),IF(x="",0,VALUE(x)))
NOT a?: IF(a,FALSE,TRUE)
TRUE: 1=1
FALSE: 1=0
NA: #N/A
ISBLANK v?: .KIND(v)=0
ISERR v?: AND(.KIND(v)>16,.KIND(v)<23)
ISERROR v?: .KIND(v)>16
ISNA v?: .KIND(v)=23
ISLOGICAL v?: .KIND(v)=4
ISNUMBER v?: .KIND(v)=1
ISTEXT v?: .KIND(v)=2
ISNONTEXT v?: .KIND(v)<>2
ERROR.TYPE v?: IF(.KIND(v)>16,.KIND(v)-16,#N/A)
TYPE v!: IF(IFERROR(ROWS(v)*COLUMNS(v),1)>1,64,MAX(1,MIN(16,.KIND(v))))
VLOOKUP v! t! i r=1: INDEX(t,MATCH(v,INDEX(t,0,1),--(r<>0)),IF(i<1,#VALUE!,i))
HLOOKUP v! t! i r=1: INDEX(t,IF(i<1,#VALUE!,i),MATCH(v,INDEX(t,1,0),--(r<>0)))
LOOKUP v! t! r!-: IF(.KIND(r)<0,IF(COLUMNS(t)>ROWS(t),INDEX(t,ROWS(t),MATCH(v,INDEX(t,1,0),1)),INDEX(t,MATCH(v,INDEX(t,0,1),1),COLUMNS(t))),INDEX(r,MATCH(v,t,1)))
XLOOKUP v! a! b! n!- m=0 s=1: LET(i,XMATCH(v,a,m,s),IF(ISNA(i),IF(.KIND(n)<=0,#N/A,n),IF(COLUMNS(a)>1,INDEX(b,0,i),INDEX(b,i,0))))
`
