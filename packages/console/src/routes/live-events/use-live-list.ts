import type { TimelineEvent } from '@tenth/model/timeline-event.ts';
import { useEffect, useReducer, useState } from 'react';
import { followEvents, type StreamState } from '../../api/event-stream.ts';
import { emptyList, type LiveList, pause, receive, resume, startWith } from './live-list.ts';

type Action =
  | { readonly kind: 'event'; readonly event: TimelineEvent }
  | { readonly kind: 'earlier'; readonly events: readonly TimelineEvent[] }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' };

function step(list: LiveList, action: Action): LiveList {
  switch (action.kind) {
    case 'event':
      return receive(list, action.event);
    case 'earlier':
      return startWith(list, action.events);
    case 'pause':
      return pause(list);
    case 'resume':
      return resume(list);
  }
}

/** The list of live events, fed by the stream while the page is open. */
export function useLiveList(earlier: readonly TimelineEvent[] | undefined) {
  const [list, dispatch] = useReducer(step, emptyList);
  const [state, setState] = useState<StreamState>('connecting');
  useEffect(
    () => followEvents({ event: (event) => dispatch({ kind: 'event', event }), state: setState }),
    [],
  );
  useEffect(() => {
    if (earlier !== undefined) {
      dispatch({ kind: 'earlier', events: earlier });
    }
  }, [earlier]);
  return {
    list,
    state,
    pause: () => dispatch({ kind: 'pause' }),
    resume: () => dispatch({ kind: 'resume' }),
  };
}
