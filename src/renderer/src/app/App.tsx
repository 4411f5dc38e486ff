import { QueryClientProvider } from '@tanstack/react-query'
import { useEffect } from 'react'
import { eventStream } from '../api/events.ts'
import { createInvalidator } from '../api/invalidate.ts'
import { createQueryClient } from '../api/query-client.ts'
import { CommandProvider } from '../commands/CommandProvider.tsx'
import { SlotProvider } from '../components/Slots.tsx'
import { TooltipProvider } from '../components/Tooltip.tsx'
import { reportError } from '../notices/report-error.ts'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { Frame } from './Frame.tsx'

const queryClient = createQueryClient()

export function App() {
  useEffect(() => eventStream.onEvent(createInvalidator(queryClient)), [])
  return (
    <ErrorBoundary>
      <QueryClientProvider client={queryClient}>
        <CommandProvider onError={reportError}>
          <TooltipProvider>
            <SlotProvider>
              <Frame />
            </SlotProvider>
          </TooltipProvider>
        </CommandProvider>
      </QueryClientProvider>
    </ErrorBoundary>
  )
}
