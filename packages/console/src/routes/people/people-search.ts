export interface PeopleSearch {
  readonly search?: string;
  readonly segment?: string;
}

export function readPeopleSearch(search: Readonly<Record<string, unknown>>): PeopleSearch {
  return {
    ...(typeof search.search === 'string' && search.search !== '' ? { search: search.search } : {}),
    ...(typeof search.segment === 'string' ? { segment: search.segment } : {}),
  };
}
