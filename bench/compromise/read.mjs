// Reads reports with compromise and prints what that cost, as one line of
// JSON: node read.mjs TASK SECONDS FILE. FILE holds JSON lines with "text".
// The same measure as bench/work.go: first some reports to warm up, then whole
// passes over all of them until SECONDS have passed.
import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import nlp from 'compromise'

const tasks = {
  // The least work that finds quotations: tokens only, nothing known of a word.
  tokens: text => ({ marked: nlp.tokenize(text).compute('index').quotations().length }),
  // What its documentation shows.
  quotations: text => ({ marked: nlp(text).quotations().length }),
  // With who is named where, the nearest it has to saying who speaks.
  readings: text => {
    const doc = nlp(text)
    return { marked: doc.quotations().length, people: doc.people().length, sentences: doc.sentences().length }
  }
}

const [task, seconds, file] = process.argv.slice(2)
const warmUp = 20
const texts = readFileSync(file, 'utf8').split('\n').filter(Boolean).map(line => JSON.parse(line).text)
const read = tasks[task]
texts.slice(0, warmUp).forEach(read)

const sum = { passes: 0, marked: 0, people: 0, sentences: 0 }
const cpu = process.cpuUsage()
const began = performance.now()
do {
  for (const text of texts) {
    for (const [what, n] of Object.entries(read(text))) sum[what] += n
  }
  sum.passes++
} while (performance.now() - began < seconds * 1000)
const wall = (performance.now() - began) / 1000
const used = process.cpuUsage(cpu)
console.log(JSON.stringify({ ...sum, wall, cpu: (used.user + used.system) / 1e6, version: `compromise ${nlp.version}, node ${process.version}` }))
