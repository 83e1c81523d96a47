// Package zhize turns noisy pages of Chinese job descriptions into clean,
// numbered duties per position, and accounts for every character and every
// change on the way.
//
//	doc, err := zhize.Process(zhize.Input{URI: "page.html", Data: data}, nil)
//
// The document holds the source text, which never changes; the regions that
// partition it; the edits that were made, which undo to the source; and the
// articles, positions, sections and items that were found.
package zhize

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"zhize/document"
	"zhize/evidence"
	"zhize/evidence/sitetext"
	"zhize/extract"
	"zhize/extract/outline"
	"zhize/hanzi"
	"zhize/index/jieba"
	"zhize/normalize"
)

// Input is one page as it came: its bytes, its name and what is known of it
// from outside.
type Input = extract.Input

// Evidence is what the repairs may ask beyond the page. Nil stands for the
// dictionary that is built in.
type Evidence = normalize.Evidence

// SiteText is what a corpus knows of its sites. Evidence that has it is asked
// for the lines of a page that its wording and markup do not settle: those that
// the site repeats are dropped, with [document.SiteText] as the reason.
type SiteText interface {
	// Repeated reports a line that many pages of a site have. The site is
	// called what [sitetext.Of] says.
	Repeated(site, line string) bool
}

// SiteTextRule is the name by which the dropping of what a site repeats is
// switched off ([Knowledge].Without).
const SiteTextRule = "site-text"

// maxPasses bounds how often the rules are run over their own work. Two
// passes are the rule: one that repairs and one that finds nothing left.
const maxPasses = 16

// FlagUnsettled marks a page on which the rules still wanted to change their
// own work after maxPasses; its last repairs were made, not the next.
const FlagUnsettled = "unsettled"

// Process takes one page apart and repairs it. It is a pure function of the
// page and the evidence, takes time linear in the page, and never panics on
// any bytes. The error is an [*extract.RejectError] for a page that cannot be
// processed, or wraps [document.ErrInvariant] where the result broke a
// promise and must not be used.
func Process(in Input, ev Evidence) (*document.Document, error) {
	page, err := extract.Read(in)
	if err != nil {
		return nil, err
	}
	if ev == nil {
		ev = Knowledge{}.Evidence()
	}
	w := walk{page: page, ev: ev}
	if err := w.settle(); err != nil {
		if reject := (*extract.RejectError)(nil); errors.As(err, &reject) {
			return nil, reject
		}
		return nil, fmt.Errorf("%s: %w", in.URI, err)
	}
	doc := w.document()
	if err := document.Check(doc); err != nil {
		return nil, fmt.Errorf("%s: %w", in.URI, err)
	}
	return doc, nil
}

// Knowledge is what evidence is put together from. The zero Knowledge is the
// dictionary that is built in.
type Knowledge struct {
	Corpus  *evidence.Evidence  // what a corpus taught; it stays open as long as it is used. nil: nothing
	Words   *normalize.Words    // what people decided; nil: nothing
	Lines   *sitetext.Decisions // what people decided of the lines of sites; nil: nothing
	Without []string            // the rules that are switched off, by name; [SiteTextRule] is one
}

// Evidence is the knowledge as [Process] takes it.
func (k Knowledge) Evidence() Evidence {
	d := dictionary{dict: jieba.Default(), know: k}
	if k.Corpus == nil {
		return d
	}
	return learned{d, k.Corpus}
}

// dictionary is the evidence of a word list and of people's decisions.
type dictionary struct {
	dict *jieba.Dict
	know Knowledge
}

func (d dictionary) Word(s string) bool { return d.dict.Has(s) }

func (d dictionary) Decided() *normalize.Words { return d.know.Words }

func (d dictionary) Off(rule string) bool { return slices.Contains(d.know.Without, rule) }

// Repeated makes the dictionary a [SiteText]: what people decided stands above
// what a corpus taught.
func (d dictionary) Repeated(site, line string) bool {
	if d.know.Lines == nil && d.know.Corpus == nil || d.Off(SiteTextRule) {
		return false
	}
	if d.know.Lines != nil {
		if drop, said := d.know.Lines.Decided(site, line); said {
			return drop
		}
	}
	return d.know.Corpus != nil && d.know.Corpus.SiteLine(site, line)
}

// Hash names the knowledge by its content; "" is the dictionary alone.
func (k Knowledge) Hash() string {
	if k.Corpus == nil && k.Words == nil && k.Lines == nil && len(k.Without) == 0 {
		return ""
	}
	h := ""
	if k.Corpus != nil {
		h = k.Corpus.Hash()
	}
	if k.Words != nil {
		h += " words " + k.Words.Hash()
	}
	if k.Lines != nil {
		h += " site lines " + k.Lines.Hash()
	}
	if len(k.Without) > 0 {
		h += " without " + strings.Join(slices.Sorted(slices.Values(k.Without)), ",")
	}
	return h
}

func (d dictionary) Hash() string { return d.know.Hash() }

// learned is such evidence with a corpus's.
type learned struct {
	dictionary
	*evidence.Evidence
}

func (l learned) Hash() string { return l.know.Hash() }

func (l learned) Likelihood(text string) float64 { return l.dict.Likelihood(text) }

// walk is one page on its way through the rules: the ledger grows, the view
// is the text with the ledger's edits made, the outline is of the view.
type walk struct {
	page       *extract.Result
	ev         Evidence
	ledger     []document.Edit
	view       document.View
	out        outline.Result
	simplified bool // the view has no traditional characters
	suggested  []document.Edit
	settled    bool
}

// settle runs characters, outline and texts until no rule wants more: then
// the outline is of the final text, and processing that text changes nothing.
func (w *walk) settle() error {
	if err := w.fold(nil); err != nil {
		return err
	}
	if err := w.fold(w.page.Edits); err != nil {
		return err
	}
	for range maxPasses {
		for range maxPasses {
			edits, traditional := normalize.Characters(w.view.Text, w.ev)
			if w.simplified = traditional == 0; len(edits) == 0 {
				break
			}
			if err := w.fold(edits); err != nil {
				return err
			}
		}
		w.page.Retitle(w.view.Text)
		w.out = outline.Result{} // what the last pass found need not outlive it
		w.out = outline.Build(w.outlineInput())
		if w.out.Overflow {
			return tooComplex(len(w.page.Source))
		}
		edits, suggested := normalize.Texts(w.view.Text, w.out.Parts, w.ev)
		edits = document.MergeEdits(w.numbers(), edits)
		if len(edits) == 0 {
			w.suggested, w.settled = suggested, true
			return nil
		}
		if err := w.fold(edits); err != nil {
			return err
		}
	}
	w.out = outline.Build(w.outlineInput())
	return nil
}

// numbers are the repairs of numbers that the outline found, without those of
// rules that are switched off.
func (w *walk) numbers() []document.Edit {
	d, ok := w.ev.(normalize.Decisions)
	if !ok {
		return w.out.Edits
	}
	return slices.DeleteFunc(w.out.Edits, func(e document.Edit) bool { return d.Off(e.Rule) })
}

// tooComplex rejects a page that has more parts than any page that people
// read.
func tooComplex(size int) error {
	return &extract.RejectError{Stage: "process", Reason: "too-complex",
		Message: fmt.Sprintf("the page's %d bytes hold more than %d lines and marks; split it", size, outline.MaxParts)}
}

// fold brings edits of the view into the ledger and makes the new view.
func (w *walk) fold(edits []document.Edit) error {
	if len(edits) > 0 {
		w.ledger = w.view.Fold(w.page.Source, edits)
	}
	view, err := document.NewView(w.page.Source, w.ledger)
	w.view = view
	return err
}

func (w *walk) outlineInput() outline.Input {
	in := outline.Input{Text: w.view.Text, Simplified: w.simplified, Title: w.title(), Declared: w.page.Page.Declared}
	if known, ok := w.ev.(SiteText); ok {
		site := sitetext.Of(w.page.Page.URI, w.page.Page.Site)
		in.Repeated = func(line string) bool { return known.Repeated(site, line) }
	}
	for _, b := range w.page.Blocks {
		b.Span = w.view.Of(b.Span)
		in.Blocks = append(in.Blocks, b)
	}
	for _, d := range w.page.Dropped {
		d.Span = w.view.Of(d.Span)
		in.Dropped = append(in.Dropped, d)
	}
	return in
}

// title is the page's title as its repaired text writes it: that of a mirror is
// simplified.
func (w *walk) title() string {
	if slices.ContainsFunc(w.ledger, func(e document.Edit) bool { return strings.Contains(e.Rule, "traditional") }) {
		return hanzi.InPhrases(w.page.Page.Title)
	}
	return w.page.Page.Title
}

// document brings the outline of the view back to the source.
func (w *walk) document() *document.Document {
	d := &document.Document{
		Page: w.page.Page, Source: w.page.Source, Generated: w.page.Generated,
		Edits: w.ledger, Articles: w.out.Articles,
		Flags: slices.Concat(w.page.Flags, w.out.Flags),
	}
	if !w.settled {
		d.Flags = append(d.Flags, FlagUnsettled)
	}
	document.MapSpans(d, w.view.Source)
	d.Regions = document.MapRegions(w.view, w.out.Regions, d.Source, normalize.DropReason)
	for _, e := range w.suggested {
		e.Span = w.view.Source(e.Span)
		e.Before = e.Span.Of(d.Source)
		d.Suggested = append(d.Suggested, e)
	}
	document.SortEdits(d.Suggested)
	return d
}
