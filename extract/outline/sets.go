package outline

import "zhize/extract/outline/runeset"

// What texts are trimmed of and cut at.
var (
	headEnds     = runeset.Of(headEnd)         // may stand behind a heading
	titleEnds    = runeset.Of(headEnd + "-—")  // … and behind a title
	articleEnds  = runeset.Of(":：。 　\u00a0、.") // … and behind an article's heading
	ordinalEnds  = runeset.Of("】])） 　\u00a0")  // … and behind its number
	headBrackets = runeset.Of("【[(（〖《")
	headedEnds   = runeset.Of(":：。. 　\u00a0")
	headQuotes   = runeset.Of("【】[]〖〗《》<>*#●◆■★☆◇□▲△▶►▷➤◎❖✦※§〓▌▍▎▏▋▊▉█┃│ 　\u00a0") // may stand around a heading
	colons       = runeset.Of(":：")
	commas       = runeset.Of("，,")
	spaces       = runeset.Of(" 　")
	sentenceEnds = runeset.Of("。；;")
	stopMarks    = runeset.Of(stops)
	itemStops    = runeset.Of(stops + ".")
	openEnds     = runeset.Of("，,、：:（(")           // a line that ends with one goes on
	clauseGaps   = runeset.Of("，,、 ")              // part the clauses before a glued heading
	fieldGaps    = runeset.Of("，, 　\t")            // part a form's key from what stands before it
	emptyRow     = runeset.Of("0123456789、.．,， 　") // all there is in rows of a form that nobody filled in
	runStops     = runeset.Of("。；;！!:：\t|")        // end a row of keys inside a line
	triggerMarks = runeset.Of("【:：。；;】 　\t")       // behind one a heading or a key may end
	openBrackets = runeset.Of("(（")
	rowMarks     = runeset.Of(":：\t|")   // a row of keys and values has none
	labelBreaks  = runeset.Of("，,；;、：:") // a label has none
	conjunctions = runeset.Of("与和及")     // nor has a title
	dateMarks    = runeset.Of("0123456789-/:.年月日约字 ")
)

const (
	headEnd = ":：.。．、;；=＝—─ 　\u00a0\t】"
	stops   = "。；;！!？?…”）)" // end a sentence
)
