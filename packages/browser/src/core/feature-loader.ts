import type { Feature, FeatureHost, FeatureModule } from './feature.ts';

/** The chunks' file names, put in by the build. */
declare const TENTH_CHUNKS: Readonly<Record<FeatureName, string>>;

export type FeatureName = 'render' | 'watch' | 'datalayer';

export interface Features {
  /** Loads the chunk when it is first needed; what it gets, it gets in the order of the calls. */
  give(name: FeatureName, input: Parameters<Feature['receive']>[0]): void;
  /** Speaks to the chunks that are loaded or loading. */
  each(run: (feature: Feature) => void): void;
}

export function createFeatures(baseUrl: string, host: FeatureHost): Features {
  const features = new Map<FeatureName, Promise<Feature>>();

  function use(loading: Promise<Feature>, run: (feature: Feature) => void): void {
    loading.then(run).catch(host.report);
  }
  function load(name: FeatureName): Promise<Feature> {
    const loading = import(baseUrl + TENTH_CHUNKS[name]).then((chunk: FeatureModule) =>
      chunk.start(host),
    );
    features.set(name, loading);
    // A chunk that could not be fetched is tried again with the next thing it is needed for.
    loading.catch(() => features.delete(name));
    return loading;
  }
  return {
    give(name, input) {
      use(features.get(name) ?? load(name), (feature) => feature.receive(input));
    },
    each(run) {
      for (const loading of features.values()) {
        use(loading, run);
      }
    },
  };
}
