package table

// magic opens every table, and format is the number of this layout: a table
// with another is not read.
const (
	magic  = "FGTB"
	format = 2
)

// Format is the number of the layout that [Write] writes.
const Format = format

// The header is magic, format, and these numbers, then one offset per section
// and the end of the last.
const (
	headName = iota // string
	headTitle
	headEntityTypes
	headShared // length of the base's strings, zero where there is no base
	headNumbers
)

// Sections, in the order in which they lie.
const (
	stringSection    = iota // length as uvarint, then bytes; offsets go on where the base's strings end
	nodeSection             // the trie of paths, breadth first, with one more at the end
	operationSection        // in the order of their nodes, by method
	typeSection             // by short name without regard to case, with one more at the end
	propertySection         // in the order of their types
	limitSection            // property and record, of the properties that have limits
	idSection               // operation and string, of the operations that have an id
	recordSection           // what varies in length
	sections
)

const headerSize = len(magic) + 4 + 4*headNumbers + 4*(sections+1)

// Widths of records in bytes; 1 where they vary.
var widths = [sections]int{1, nodeWidth, operationWidth, typeWidth, propertyWidth, pairWidth, pairWidth, 1}

// A node: text and bits, value, first child, first operation. Children of a
// node end where those of the next begin.
const (
	nodeText       = 0 // 24 bits: the template's spelling, a key's parameter alone
	nodeBits       = 3
	nodeValue      = 4 // reference to a type
	nodeChild      = 6 // 24 bits
	nodeOperations = 9 // 24 bits
	nodeWidth      = 12

	nodeKind       = 0x0f // of nodeBits
	nodeForm       = 0x10 // a name with parentheses
	nodeNamespaced = 0x20 // the text begins with Graph's namespace or alias
	nodeContained  = 0x40
)

// An operation: method and kind, request, response, profile.
const (
	operationBits     = 0 // method in the low four bits, kind above
	operationRequest  = 1 // reference to a type
	operationResponse = 3 // reference to a type
	operationProfile  = 5 // 24 bits: record
	operationWidth    = 8
)

// A type: name and bits, base, first property, and a record of what few types
// have. A name that is only referred to has no kind.
const (
	typeName       = 0 // 24 bits: without Graph's namespace
	typeBits       = 3
	typeBase       = 4 // reference to a type
	typeProperties = 6 // 24 bits
	typeRecord     = 9 // 24 bits
	typeWidth      = 12

	typeKind      = 0x03 // of typeBits
	typeOpen      = 0x04
	typeAbstract  = 0x08
	typeFlags     = 0x10
	typeNamespace = 0x20 // Graph's namespace stands before the name
	typeStream    = 0x40
	typeExtend    = 0x80
)

// A property: name and bits, type.
const (
	propertyName  = 0 // 24 bits
	propertyBits  = 3
	propertyType  = 4 // reference to a type
	propertyWidth = 6

	propertyNullable   = 0x01 // of propertyBits
	propertyReadOnly   = 0x02
	propertyCreateOnly = 0x04
	propertyRequired   = 0x08
	propertyNavigation = 0x10
	propertyContained  = 0x20
	propertyLimited    = 0x40 // the limit section has more
)

// pairWidth is the width of two numbers of 24 bits, sorted by the first.
const pairWidth = 6

// A reference to a type is its row plus one; zero for none. The top bit says
// that a collection of it is meant.
const (
	refCollection = 0x8000
	mostTypes     = refCollection - 2
)

// Bits of a profile.
const (
	profileStatusFrom = 0x03
	profilePermFrom   = 0x0c
	profileOverlay    = 0x10
	profileDetail     = 0x20 // body, media, required, parameters, arguments, deprecation and clouds follow
)

// Bits of a permission.
const (
	permissionScheme = 0x03
	permissionLeast  = 0x04
	permissionAlso   = 0x08 // a list of names follows
)

// Bits of a parameter.
const (
	parameterNullable = 0x01
	parameterRequired = 0x02
	parameterLimited  = 0x04 // limits follow
)

// Bits of limits; those with a value are followed by it, in this order.
const (
	limitMinLength = 1 << iota
	limitMinItems
	limitMaxLength
	limitMaxItems
	limitMin
	limitMax
	limitPattern
	limitUnique
	limitNullItems
)

// Words that stand as numbers, by their place. An empty word is "not known".
var (
	methods        = []string{"CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE"}
	segmentKinds   = []string{"", "set", "single", "key", "property", "cast", "action", "function", "count", "ref", "value"}
	operationKinds = []string{
		"", "list", "get", "create", "update", "replace", "delete", "count", "action", "function",
		"linkRead", "linkAdd", "linkSet", "linkDrop", "stream",
	}
	statusSources     = []string{"", "documented", "model", "rule"}
	permissionSources = []string{"", "documented", "inherited", "unknown"}
	schemes           = []string{"DelegatedWork", "DelegatedPersonal", "Application"}
	bodies            = []string{"", "required", "optional", "open"}
	places            = []string{"path", "query", "header", "cookie"}
)

// Codes of the segment kinds that the trie itself looks at.
const (
	setKind      = 1
	keyKind      = 3
	castKind     = 5
	actionKind   = 6
	functionKind = 7
)

// Codes of kinds of types.
const (
	undeclared = iota
	entityKind
	complexKind
	enumKind
)
