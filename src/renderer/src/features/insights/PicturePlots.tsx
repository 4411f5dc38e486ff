import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { api } from '../../api/client.ts'
import { formatCount, formatCounted } from '../../components/quantities.ts'
import { BarList } from './BarList.tsx'
import { formatShare } from './histogram-bars.ts'
import { ISSUE_WORDS } from './issue-words.ts'
import { Plot } from './Plot.tsx'

/** How many pictures fall short, and in what. */
export function QualityPlot() {
  const answer = useQuery(api.insights.quality.queryOptions())
  return (
    <Plot
      title="Image quality"
      answer={answer}
      empty={({ measured }) =>
        measured > 0 ? null : (
          <>
            No picture is measured yet: see <Link href="/insights/quality">image quality</Link>.
          </>
        )
      }
      table={({ issues, total }) => ({
        columns: ['Pictures', 'Images', 'Share'],
        rows: issues.map(({ issue, images, query }) => ({
          cells: [
            ISSUE_WORDS[issue].title,
            formatCount(images),
            formatShare(images / Math.max(1, total)),
          ],
          query: images === 0 ? null : query,
        })),
      })}
    >
      {({ issues, measured, total }) => (
        <>
          <BarList
            label="Images by what their pictures fall short in"
            bars={issues.map(({ issue, images, query }) => ({
              ...{ label: ISSUE_WORDS[issue].title, count: images, query },
              counted: formatCounted(images, 'image'),
              value: formatCount(images),
            }))}
          />
          <p className="plot-note">
            {measured < total && `${formatCount(total - measured)} pictures are not measured yet. `}
            <Link href="/insights/quality">Set the limits</Link> on the data’s own numbers.
          </p>
        </>
      )}
    </Plot>
  )
}

/** How many images there are several of. */
export function DuplicatesPlot() {
  const answer = useQuery(api.insights.duplicates.queryOptions())
  return (
    <Plot
      title="Duplicates"
      answer={answer}
      empty={({ endedAt, exact }) =>
        endedAt !== null || exact.images > 0 ? null : (
          <>
            Nobody looked for copies yet: <Link href="/duplicates">look for duplicates</Link>.
          </>
        )
      }
      table={({ sizes }) => ({
        columns: ['Images in a group', 'Groups'],
        rows: sizes.map(({ size, groups }) => ({
          cells: [size === 8 ? '8 and more' : String(size), formatCount(groups)],
          query: null,
        })),
      })}
    >
      {({ near, exact, sizes }) => (
        <>
          <BarList
            label="Images that there are several of"
            bars={[
              {
                label: 'Look alike',
                count: near.images,
                counted: `${formatCounted(near.images, 'image')} in ${formatCounted(near.groups, 'group')}`,
                value: formatCount(near.images),
                query: near.query,
              },
              {
                label: 'Same file, several places',
                count: exact.images,
                counted: formatCounted(exact.images, 'image'),
                value: formatCount(exact.images),
                query: exact.query,
              },
            ]}
          />
          <p className="plot-note">
            {near.groups === 0
              ? 'No images look alike.'
              : `${formatCounted(near.groups, 'group')}, ${sizes.map(({ size, groups }) => `${formatCount(groups)} of ${size === 8 ? '8 and more' : size}`).join(', ')}.`}{' '}
            <Link href="/duplicates">Go through them</Link>.
          </p>
        </>
      )}
    </Plot>
  )
}
