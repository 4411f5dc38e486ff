export const USAGE = `Usage: realign <command> [options]

Commands
  import SOURCE --project DIR   Add a folder of images or a table of alt-texts to a project.
                                Makes the project when DIR is missing or empty.
    --format F                  Format of the source; left out, it is recognised.
    --map alt=COLUMN,...        What the columns mean, e.g. alt=caption,image=file_name.
  export --project DIR --out DIR --format F
                                Write the project's captions as a data set into a new folder.
    --where QUERY               Only images that the query matches.
    --text caption-or-alt|caption|alt|mix|several
                                Which text an image has; the first where nothing is said.
    --mix caption=0.7,alt=0.3,revision=0
                                With --text mix: how likely each kind of text is.
    --roles caption,alt,revision
                                With --text several: the kinds of text an image has.
    --seed N                    Draws of the subset, --text mix and --sentences; left out, 0.
    --sentences first:N|random:N
                                Keep so many sentences of each text.
    --tokens TARGET[:N]         Most tokens of a text: clip-77, clip-248, siglip-64, altogether-caption,
                                altogether-alt or characters-300, with another limit where N is given.
    --over sentence|word|leave-out
                                With --tokens: where a longer text is cut, or that it is left out.
    --prefix TEXT               Stands before each text; may hold {role}, {round}, {tags}, {status}, {file_name}.
    --shard N                   Images in one archive or file, where the format has several.
    --describe                  Add a data set card (README.md) and croissant.json, with what is said by
                                --licence L, --creator NAME, --url ADDRESS, --description TEXT.
    --images copy|link-or-copy|none
    --spreadsheet-safe          CSV: guard cells that a spreadsheet would run as a formula.
    --byte-order-mark           CSV and TSV: start with a byte-order mark, as Excel wants it.
    Steps that leave fewer images, taken in this order:
    --dedupe                    Of images that look alike keep the best.
    --first N | --sample N      The first in the order of import, or some at random.
    --strata status|round|source|origin|tag|query:N[:equal|proportional]
                                N images, as many of each stratum or in proportion; for query give
                                --stratum QUERY once for each.
    --balance t=N [--concepts FILE]
                                Keep an image of a concept with more than N images by N / count. FILE has
                                a concept a line, as in "dog | dogs"; left out, what the command concepts
                                lists. Add ,texts=caption-or-alt|caption|alt|all to say where they are
                                looked for, ,others=keep to keep images without one.
    --budget N                  At most N images.
    --split train=0.9,validation=0.05,test=0.05
                                Parts by shares; near-duplicates stay together, and with
                                --together host|folder images of one web host or folder too.
    --check                     Write nothing: list what is wrong or worth knowing, and end with 1 where
                                something is wrong. Needs no --out.
  export --recipe NAME --project DIR --out DIR
                                Export by a saved recipe; --recipe-version N for an older one.
  recipes --project DIR         List the recipes that were saved.
  concepts --project DIR        List the things that the texts mostly name, a line each, for --concepts.
    --where QUERY               Only images that the query matches.
    --texts caption-or-alt|caption|alt|all
                                Which texts; left out, the caption, else the alt-texts.
    --top N                     How many; left out, 200.
    --seed N                    Sample of a project with more than 20,000 images; left out, 0.
  stats --project DIR           Count what the project holds.
  embed --project DIR           Compute the vectors of images that searches need.
    --pack ID                   Model pack; left out, the one chosen on the Models screen.
  detect --project DIR          Find things in images, for queries like det:dog.
  ocr --project DIR             Read what is written in images, for queries like ocr:sale.
    --where QUERY               Only images that the query matches.
    --pack ID                   As for embed.
  check --project DIR           Check what captions say against what images show.
    --where QUERY               Only images that the query matches.
  calibrate --project DIR       Measure the checks on accepted captions and people's answers.
  search --project DIR TEXT     Find images by what they show.
    --like N                    Image to resemble, by its number; may be repeated.
    --minus TEXT                What they should not show; may be repeated.
    --where QUERY               Only images that the query matches.
    --top N                     How many; left out, 20.
    --pack ID                   As for embed.
  duplicates --project DIR      Group images that look alike, for queries like dup:near.
    --distance N                Most bits, of 64, in which perceptual hashes differ; left out, 6.
    --cosine X                  Least cosine of vectors, from 0.8 to 1; left out, 0.97.
    --pack ID                   As for embed; hashes alone are compared where there is none.
  serve                         Serve Realign to browsers of this machine.
    --project DIR               Project to open; left out, the last one or the sample.
    --port N                    Port; left out, 4870 or any free one.
    --host H                    Address to bind; left out, loopback only.
    --no-open                   Do not open a browser.
  help, --help                  Show this text.
  --version                     Show the version.

Options of every command
  --json                        Print exactly one JSON document on standard output.
  --quiet                       Show no progress on standard error.

Relative paths start at the folder you stand in.
Exit codes: 0 done, 1 done but some items failed, 2 wrong usage, 3 failed.
Environment: REALIGN_DATA (folder for settings), REALIGN_TOKEN (fixed token of the server),
REALIGN_LOG (debug, info, warn or error).
`
