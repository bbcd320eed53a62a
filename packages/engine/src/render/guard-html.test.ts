import { describe, expect, test } from 'vitest';
import { guardHtml } from './guard-html.ts';

describe('where a value may stand', () => {
  test.each([
    '<p>{{ a }}</p>',
    '<p title="{{ a }}" data-name=\'{{ a }}\'>{{ a }}</p>',
    '{% if a %}<b>{{ a }}</b>{% else %}1 < 2 {{ a }}{% endif %}',
    '<!-- note --><style>p { color: red }</style><p>{{ a }}</p>',
    '<script>if (1 < 2) { go("</p>") }</script><p>{{ a }}</p>',
    '<p>{{ "}}" | append: a }}</p>',
    '<input disabled value="{{ a }}">{{ a }}',
  ])('stands as written: %s', (html) => {
    expect(guardHtml(html)).toBe(html);
  });

  test.each([
    ['<a href="{{ a }}">x</a>', '<a href="{{ a  | link}}">x</a>'],
    ["<A HREF = '{{ a }}'>x</A>", "<A HREF = '{{ a  | link}}'>x</A>"],
    ['<img src="{{ a -}}">', '<img src="{{ a  | link-}}">'],
    ['<form action="{{ a }}">', '<form action="{{ a  | link}}">'],
  ])('is checked as an address: %s', (html, guarded) => {
    expect(guardHtml(html)).toBe(guarded);
  });

  test.each([
    '<script>let a = "{{ a }}"</script>',
    '<script src="/x.js"></script><SCRIPT>{{ a }}</script>',
    '<style>p { color: {{ a }} }</style>',
    '<p onclick="go({{ a }})">',
    '<p style="color: {{ a }}">',
    '<iframe srcdoc="{{ a }}"></iframe>',
    '<p title={{ a }}>',
    '<p {{ a }}>',
    '<{{ a }}>',
    '</{{ a }}>',
    '<!-- {{ a }} -->',
    '<p title="x"{{ a }}>',
    '<!doctype {{ a }}>',
  ])('is refused: %s', (html) => {
    expect(() => guardHtml(html)).toThrowError(/a value/);
  });
});
