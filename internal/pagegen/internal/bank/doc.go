// Package bank is the content of generated pages: jobs by field of work, and
// sentences with choices in them, read from the files under data. Everything
// in them was written for this project; no page or posting is quoted.
package bank
