package index

import "zhize/record"

// Summary is what the output contract says of a search beside its hits.
func (r *Result) Summary() record.HitSummary {
	sum := record.HitSummary{Total: r.Total, TookMS: float64(r.Took.Microseconds()) / 1000}
	for _, f := range r.Facets {
		values := make([]record.FacetValue, len(f.Values))
		for i, v := range f.Values {
			values[i] = record.FacetValue(v)
		}
		sum.Facets = append(sum.Facets, record.HitFacet{Field: f.Field, Values: values, Others: f.Others})
	}
	return sum
}
