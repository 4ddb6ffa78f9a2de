import { Group, Pagination, Text } from '@mantine/core';
import { text } from '../../text/en.ts';

interface PageBarProps {
  readonly page: number;
  readonly pages: number;
  readonly first: number;
  readonly shown: number;
  readonly total: number;
  readonly onPage: (page: number) => void;
}

/** Which rows are shown, and the way to the others. Only words while there is one page. */
export function PageBar({ page, pages, first, shown, total, onPage }: PageBarProps) {
  const { count } = text.common;
  return (
    <Group justify="space-between">
      <Text size="sm" c="dimmed" role="status">
        {shown === 0 ? '' : text.table.range(count(first + 1), count(first + shown), count(total))}
      </Text>
      {pages < 2 ? null : (
        <nav aria-label={text.table.pages}>
          <Pagination
            size="sm"
            value={page}
            total={pages}
            onChange={onPage}
            withEdges
            getControlProps={(control) => ({ 'aria-label': text.table[control] })}
          />
        </nav>
      )}
    </Group>
  );
}
