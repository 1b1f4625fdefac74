// A text that is continued token by token. Its form shows it while it is written.

export * as form from '../talk.js';

export const does = () => 'writes text';

export const passes = ({ maxTexts }) => `Up to ${maxTexts} texts share a pass`;
