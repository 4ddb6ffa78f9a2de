import { Table, Text } from '@mantine/core';
import type { ImportIssue } from '../../../shared/importReport.ts';
import { StateBadge } from '../../parts/StateBadge.tsx';
import { text } from '../../text/en.ts';

const tones = { error: 'bad', warning: 'warn', notice: 'info' } as const;

interface IssueTableProps {
  readonly issues: readonly ImportIssue[];
  /** Of kinds that the report has no room for. */
  readonly more: number;
}

/** What is wrong by column and reason, with the first lines. */
export function IssueTable({ issues, more }: IssueTableProps) {
  const words = text.imports;
  const { issueColumns } = words;
  if (issues.length === 0) return <Text c="dimmed">{words.issuesNone}</Text>;
  return (
    <>
      <Table.ScrollContainer minWidth={680} type="native">
        <Table aria-label={words.issuesLabel} verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{issueColumns.column}</Table.Th>
              <Table.Th>{issueColumns.reason}</Table.Th>
              <Table.Th ta="right">{issueColumns.count}</Table.Th>
              <Table.Th>{issueColumns.lines}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {issues.map((issue) => (
              <Table.Tr key={`${issue.severity} ${issue.file} ${issue.column} ${issue.reason}`}>
                <Table.Td style={{ verticalAlign: 'top' }}>
                  <StateBadge tone={tones[issue.severity]}>{words.severities[issue.severity]}</StateBadge>
                  <Text size="sm" mt={4} style={{ overflowWrap: 'anywhere' }}>
                    {issue.column === '' ? words.wholeRow : issue.column}
                  </Text>
                </Table.Td>
                <Table.Td style={{ verticalAlign: 'top' }}>{issue.reason}</Table.Td>
                <Table.Td ta="right" className="figures" style={{ verticalAlign: 'top' }}>
                  {text.common.count(issue.count)}
                </Table.Td>
                <Table.Td style={{ verticalAlign: 'top' }}>
                  {issue.file === '' ? null : <Text size="sm">{issue.file}</Text>}
                  {issue.samples.slice(0, 5).map(({ line, value }) => (
                    <Text key={line} size="sm" miw={170} lineClamp={2} style={{ overflowWrap: 'anywhere' }}>
                      {words.sample(line, value)}
                    </Text>
                  ))}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {more > 0 ? <Text c="dimmed">{words.moreIssues(more)}</Text> : null}
    </>
  );
}
