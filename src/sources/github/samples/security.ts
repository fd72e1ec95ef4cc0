import type { Scene } from '../../../model/plugin/samples.ts';
import { teammate, user } from './people.ts';
import { at, type PayloadMaker, pick } from './scene.ts';

const API = 'https://api.github.com/repos/acme/api';
const WEB = 'https://github.com/acme/api';

/** Real advisories, so that the links lead somewhere. */
const ADVISORIES = [
  {
    ghsa: 'GHSA-jchw-25xp-jwwc',
    cve: 'CVE-2023-26159',
    severity: 'high',
    name: 'follow-redirects',
    range: '< 1.15.4',
    patched: '1.15.4',
    summary: 'Follow Redirects improperly handles URLs in the url.parse() function',
  },
  {
    ghsa: 'GHSA-3xgq-45jj-v275',
    cve: 'CVE-2024-21538',
    severity: 'high',
    name: 'cross-spawn',
    range: '< 7.0.5',
    patched: '7.0.5',
    summary: 'Regular Expression Denial of Service (ReDoS) in cross-spawn',
  },
] as const;

function dependabotAlert(scene: Scene): Readonly<Record<string, unknown>> {
  const { ghsa, cve, severity, name, range, patched, summary } = pick(ADVISORIES, scene.n);
  const number = 7 + scene.n;
  const dependency = { ecosystem: 'npm', name };
  return {
    number,
    state: 'open',
    dependency: { package: dependency, manifest_path: 'package-lock.json', scope: 'runtime' },
    security_advisory: {
      ghsa_id: ghsa,
      cve_id: cve,
      severity,
      summary,
      description: `${summary}.`,
      cvss: { vector_string: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H', score: 7.5 },
      published_at: at(scene, 86_400),
      updated_at: at(scene, 3_600),
      withdrawn_at: null,
    },
    security_vulnerability: {
      package: dependency,
      severity,
      vulnerable_version_range: range,
      first_patched_version: { identifier: patched },
    },
    url: `${API}/dependabot/alerts/${number}`,
    html_url: `${WEB}/security/dependabot/${number}`,
    created_at: at(scene),
    updated_at: at(scene),
    dismissed_at: null,
    dismissed_by: null,
    dismissed_reason: null,
    dismissed_comment: null,
    fixed_at: null,
  };
}

function codeScanningAlert(scene: Scene): Readonly<Record<string, unknown>> {
  const number = 31 + scene.n;
  return {
    number,
    created_at: at(scene),
    url: `${API}/code-scanning/alerts/${number}`,
    html_url: `${WEB}/security/code-scanning/${number}`,
    state: 'open',
    rule: {
      id: 'js/sql-injection',
      name: 'js/sql-injection',
      severity: 'error',
      security_severity_level: 'high',
      description: 'Database query built from user-controlled sources',
    },
    tool: { name: 'CodeQL', version: '2.20.1' },
    most_recent_instance: {
      ref: 'refs/heads/main',
      state: 'open',
      location: { path: 'src/search/query.ts', start_line: 48, end_line: 48, start_column: 18, end_column: 42 },
    },
  };
}

/** GitHub never sends the secret itself. */
function secretScanningAlert(scene: Scene): Readonly<Record<string, unknown>> {
  const number = 3 + scene.n;
  return {
    number,
    created_at: at(scene),
    url: `${API}/secret-scanning/alerts/${number}`,
    html_url: `${WEB}/security/secret-scanning/${number}`,
    state: 'open',
    resolution: null,
    resolved_at: null,
    resolved_by: null,
    secret_type: 'slack_api_token',
    secret_type_display_name: 'Slack API Token',
    validity: 'active',
    publicly_leaked: false,
    multi_repo: false,
    push_protection_bypassed: false,
    push_protection_bypassed_by: null,
  };
}

/** What GitHub finds by itself: nobody sent it, so the sender is GitHub or whoever pushed. */
export const SECURITY: Readonly<Record<string, PayloadMaker>> = {
  'dependabot_alert.created': (scene) => ({ action: 'created', alert: dependabotAlert(scene) }),
  'code_scanning_alert.created': (scene) => ({
    action: 'created',
    alert: codeScanningAlert(scene),
    ref: 'refs/heads/main',
    commit_oid: '0'.repeat(40),
  }),
  'secret_scanning_alert.created': (scene) => ({
    action: 'created',
    alert: { ...secretScanningAlert(scene), assigned_to: user(teammate(scene)) },
  }),
};
