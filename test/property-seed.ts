import { configureGlobal } from 'fast-check'

/**
 * The same cases in each run of a continuous integration machine, so that a change is judged by what it changed; on a
 * developer's machine other ones each time, which is where new counterexamples are welcome.
 */
if ((process.env['CI'] ?? '') !== '') configureGlobal({ seed: 20_261_121 })
