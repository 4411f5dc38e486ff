import { z } from 'zod'

// Zod compiles schemas with `new Function` where it may; our content security policy forbids that, and even
// the attempt is reported as a violation. Imported first, because the first schema decides.
z.config({ jitless: true })
