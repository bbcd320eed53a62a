import { type ReactNode, useState } from 'react';
import { Button } from './buttons.tsx';
import styles from './code.module.css';
import { Row } from './layout.tsx';

/** Read-only text of a program; it can be scrolled by keyboard, so it takes the focus. */
export function CodeBlock({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by key
    <section className={styles.block} tabIndex={0} aria-label={label}>
      <pre>{text}</pre>
    </section>
  );
}

export function CopyButton({
  text,
  copy,
  copied,
}: {
  readonly text: string;
  readonly copy: string;
  readonly copied: string;
}) {
  const [isCopied, setIsCopied] = useState(false);
  return (
    <Button
      icon={isCopied ? 'check' : 'copy'}
      onClick={() => {
        navigator.clipboard?.writeText(text).then(
          () => setIsCopied(true),
          // Refused by the browser: the text stays selectable by hand.
          () => setIsCopied(false),
        );
      }}
    >
      {isCopied ? copied : copy}
    </Button>
  );
}

export function Secret({
  label,
  text,
  copy,
  copied,
}: {
  readonly label: string;
  readonly text: string;
  readonly copy: string;
  readonly copied: string;
}) {
  return (
    <Row gap={8}>
      <code className={styles.secret}>
        <span hidden>{label}</span>
        {text}
      </code>
      <CopyButton text={text} copy={copy} copied={copied} />
    </Row>
  );
}

/** What is given as a function is made once it is unfolded, and then kept. */
export function Fold({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode | (() => ReactNode);
}) {
  const [wasOpen, setWasOpen] = useState(false);
  return (
    <details
      className={styles.fold}
      onToggle={({ currentTarget }) => setWasOpen((before) => before || currentTarget.open)}
    >
      <summary>{title}</summary>
      {typeof children === 'function' ? (wasOpen ? children() : null) : children}
    </details>
  );
}
