import type { AstroIntegration } from 'astro';
export function contentSecurityPolicy(): AstroIntegration { return { name: 'content-security-policy', hooks: {} }; }
