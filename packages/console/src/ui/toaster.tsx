import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react';
import styles from './toaster.module.css';

interface Toast {
  readonly id: number;
  readonly tone: 'good' | 'bad';
  readonly text: string;
}

type Say = (text: string, tone?: Toast['tone']) => void;

const context = createContext<Say>(() => undefined);

// Long enough to read two lines aloud; failures stay longer, as they ask for something to be done.
const shownMs = { good: 4_000, bad: 9_000 };

/** Short messages in a corner, read aloud as they come. */
export function Toaster({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const nextId = useRef(1);
  const say = useCallback<Say>((text, tone = 'good') => {
    const id = nextId.current;
    nextId.current += 1;
    setToasts((before) => [...before.slice(-2), { id, tone, text }]);
    setTimeout(() => {
      setToasts((before) => before.filter((toast) => toast.id !== id));
    }, shownMs[tone]);
  }, []);
  return (
    <context.Provider value={say}>
      {children}
      <div className={styles.region} role="status" aria-live="polite">
        {toasts.map((toast) => (
          <div key={toast.id} className={styles.toast} data-tone={toast.tone}>
            {toast.text}
          </div>
        ))}
      </div>
    </context.Provider>
  );
}

export function useToast(): Say {
  return useContext(context);
}
