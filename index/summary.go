package index

import "zhize/record"

// Summary is what the output contract says of a search beside its hits.
func (r *Result) Summary() record.HitSummary {
	sum := record.HitSummary{Total: r.Total, TookMS: float64(r.Took.Microseconds()) / 1000}
	sum.Next = r.Next
	for _, w := range r.ReadAs {
		sum.ReadAs = append(sum.ReadAs, record.HitReading(w))
	}
	for _, p := range r.Suggestions {
		sum.Suggestions = append(sum.Suggestions, record.HitSuggest(p))
	}
	for _, f := range r.Facets {
		values := make([]record.FacetValue, len(f.Values))
		for i, v := range f.Values {
			values[i] = record.FacetValue(v)
		}
		sum.Facets = append(sum.Facets, record.HitFacet{Field: f.Field, Values: values, Others: f.Others})
	}
	return sum
}
