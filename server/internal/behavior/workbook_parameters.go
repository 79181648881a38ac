package behavior

// functionParameters are the functions that are calculated: in each line the
// parameters, in the order that they have in formulas, and behind the colon the
// functions that take these. An array given for one with "*" is several arguments.
const functionParameters = `number: abs acos acosh acot acoth asin asinh atan atanh bin2Dec char cos cosh cot coth csc csch even exp fact factDouble hex2Dec int isEven isOdd ln log10
number: oct2Dec odd sec sech sign sin sinh sqrt sqrtPi tan tanh unichar
values*: and aveDev average averageA concatenate count countA countIfs devSq gcd geoMean harMean imProduct imSum kurt lcm max maxA median min minA multiNomial
values*: or product skew skew_p stDev_P stDev_S stDevA stDevPA sum sumSq var_P var_S varA varPA xor
inumber: imAbs imaginary imArgument imConjugate imCos imCosh imCot imCsc imCsch imExp imLn imLog10 imLog2 imReal imSec imSech imSin imSinh imSqrt imTan
text: arabic asc clean code dbcs len lenb lower proper trim unicode upper value
database field criteria: daverage dcount dcountA dget dmax dmin dproduct dstDev dstDevP dsum dvar dvarP
value: isErr isError isLogical isNA isNonText isNumber isref isText n sheet t type
number places: bin2Hex bin2Oct dec2Bin dec2Hex dec2Oct hex2Bin hex2Oct oct2Bin oct2Hex
: false na now pi rand today true
x: erfC fisher gamma gammaLn gammaLn_Precise gauss phi
serialNumber: day hour minute month second year
settlement maturity frequency basis: coupDayBs coupDays coupDaysNc coupNcd coupNum coupPcd
array k: large percentile_Exc percentile_Inc small
number numberChosen: combin combina permut permutationa
number numDigits: round roundDown roundUp trunc
number significance: ceiling_Precise ecma_Ceiling floor_Precise iso_Ceiling
number1 number2: bitand bitor bitxor delta
probability degFreedom: chiSq_Inv chiSq_Inv_RT t_Inv t_Inv_2T
x n: besselI besselJ besselK besselY
reference: areas isFormula sheets
x degFreedom: chiSq_Dist_RT t_Dist_2T t_Dist_RT
alpha standardDev size: confidence_Norm confidence_T
angle: degrees radians
array: columns rows
array quart: quartile_Exc quartile_Inc
array x significance: percentRank_Exc percentRank_Inc
cost datePurchased firstPeriod salvage period rate basis: amorDegrc amorLinc
findText withinText startNum: find findB
inumber1 inumber2: imDiv imSub
number decimals: dollar usdollar
number ref order: rank_Avg rank_Eq
number shiftAmount: bitlshift bitrshift
number significance mode: ceiling_Math floor_Math
probability degFreedom1 degFreedom2: f_Inv f_Inv_RT
probability mean standardDev: logNorm_Inv norm_Inv
rate nper pv startPeriod endPeriod type: cumIPmt cumPrinc
rate per nper pv fv type: ipmt ppmt
serialNumber returnType: weekday weekNum
settlement maturity coupon yld frequency basis: duration mduration
settlement maturity discount: tbillEq tbillPrice
settlement maturity pr redemption basis: disc yieldDisc
startDate months: edate eoMonth
text numBytes: leftb rightb
text numChars: left right
X: erf_Precise erfC_Precise
x alpha beta cumulative: gamma_Dist weibull_Dist
x degFreedom cumulative: chiSq_Dist t_Dist
x mean standardDev cumulative: logNorm_Dist norm_Dist
array percent: trimMean
array x sigma: z_Test
averageRange values*: averageIfs
bottom top: randBetween
cost salvage life: sln
cost salvage life per: syd
cost salvage life period factor: ddb
cost salvage life period month: db
cost salvage life startPeriod endPeriod factor noSwitch: vdb
date: isoWeekNum
dateText: datevalue
decimalDollar fraction: dollarFr
effectRate npery: nominal
endDate startDate: days
errorVal: error_Type
fractionalDollar fraction: dollarDe
functionNum values*: subtotal
hour minute second: time
indexNum values*: choose
inumber number: imPower
issue firstInterest settlement rate par frequency basis calcMethod: accrInt
issue settlement rate par basis: accrIntM
linkLocation friendlyName: hyperlink
logical: not
logicalTest valueIfTrue valueIfFalse: if
lookupValue lookupArray matchType: match
lookupValue lookupVector resultVector: lookup
lookupValue tableArray colIndexNum rangeLookup: vlookup
lookupValue tableArray rowIndexNum rangeLookup: hlookup
lowerLimit upperLimit: erf
nominalRate npery: effect
nper pmt pv fv type guess: rate
nper pv fv: rri
number base: log
number decimals noCommas: fixed
number divisor: mod
number form: roman
number fromUnit toUnit: convert
number multiple: mround
number power: power
number radix: decimal
number radix minLength: base
number step: geStep
numberF numberS probabilityS cumulative: negBinom_Dist
numberS trials probabilityS cumulative: binom_Dist
numerator denominator: quotient
oldText startNum numBytes newText: replaceB
oldText startNum numChars newText: replace
principal schedule: fvschedule
probability: norm_S_Inv
probability alpha beta: gamma_Inv
probability alpha beta A B: beta_Inv
range: countBlank
range criteria: countIf
range criteria averageRange: averageIf
range criteria sumRange: sumIf
rate nper pmt fv type: pv
rate nper pmt pv type: fv
rate nper pv fv type: pmt
rate per nper pv: ispmt
rate pmt pv fv type: nper
rate pv fv: pduration
rate values dates: xnpv
rate values*: npv
realNum iNum suffix: complex
sampleS numberSample populationS numberPop cumulative: hypGeom_Dist
settlement maturity discount redemption basis: priceDisc
settlement maturity investment discount basis: received
settlement maturity investment redemption basis: intRate
settlement maturity issue rate pr basis: yieldMat
settlement maturity issue rate yld basis: priceMat
settlement maturity lastInterest rate pr redemption frequency basis: oddLYield
settlement maturity lastInterest rate yld redemption frequency basis: oddLPrice
settlement maturity pr: tbillYield
settlement maturity rate pr redemption frequency basis: yield
settlement maturity rate yld redemption frequency basis: price
startDate days holidays: workDay
startDate days weekend holidays: workDay_Intl
startDate endDate basis: yearFrac
startDate endDate holidays: networkDays
startDate endDate method: days360
startDate endDate weekend holidays: networkDays_Intl
sumRange values*: sumIfs
text decimalSeparator groupSeparator: numberValue
text numberTimes: rept
text oldText newText instanceNum: substitute
text startNum numBytes: midb
text startNum numChars: mid
text1 text2: exact
timeText: timevalue
trials probabilityS alpha: binom_Inv
trials probabilityS numberS numberS2: binom_Dist_Range
value formatText: text
values dates guess: xirr
values financeRate reinvestRate: mirr
values guess: irr
x alpha beta cumulative A B: beta_Dist
x degFreedom1 degFreedom2: f_Dist_RT
x degFreedom1 degFreedom2 cumulative: f_Dist
x lambda cumulative: expon_Dist
x mean cumulative: poisson_Dist
x mean standardDev: standardize
x n m coefficients: seriesSum
xNum yNum: atan2
y: fisherInv
year month day: date
z cumulative: norm_S_Dist
settlement maturity issue firstCoupon rate yld redemption frequency basis: oddFPrice
settlement maturity issue firstCoupon rate pr redemption frequency basis: oddFYield`
