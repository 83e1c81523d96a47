// Package corpus works on many pages: it reads them from files, folders and
// rows, has each one processed, finds duplicates and canonical duties, writes
// the outputs, proves them, counts them, exports them and finds records in
// them again.
//
// An output folder holds pages.jsonl, positions.jsonl, duties.jsonl,
// rejects.jsonl, manifest.json and index/; beside them .zhize-lock, which
// keeps a second run out, and .zhize-cache with .zhize-derived, which let the
// next run copy what has not changed (without them everything is processed
// again). A run writes into a folder partial-N inside it and moves everything
// into place at the end; what an interrupted run leaves there, the next one
// copies from. Outputs are a pure function of the inputs, the configuration
// and the program: the number of workers, interruptions and earlier runs do
// not change a byte of them.
package corpus
