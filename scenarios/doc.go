// Package scenarios owns the scenario document: what it may say, the checks
// that find every mistake in it, the built-in scenarios, and the decision
// whether a request meets one of their rules.
//
// It is pure. A request comes in as [Facts], a [Decision] goes out as data, and
// somebody else carries it out; there is no clock here (now is an argument), no
// HTTP, no logging, and no chance but the seed that a document names. It does
// not know Graph's words for an error: a rule that gives a status alone leaves
// code and message to whoever writes the answer.
//
// Start reading at [Scenario] for the document, [Parse] for its checks and
// [Engine.Decide] for the decision.
package scenarios
