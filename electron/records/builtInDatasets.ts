import { type Dataset, datasetSchema } from '../../shared/dataset.ts';

const text = (name: string, title: string, more: object = {}) => ({ name, title, type: 'text', ...more });

/** The datasets that every site has. A schema file of the same name changes one that has no editions yet. */
export const builtInDatasets: readonly Dataset[] = [
  {
    name: 'customers',
    title: 'Customers',
    key: ['customer_id'],
    columns: [
      { name: 'customer_id', title: 'Customer id', type: 'integer', min: 1 },
      text('account_number', 'Account number', { maxLength: 40, unique: true, required: true }),
      text('name', 'Name', { required: true, maxLength: 200 }),
      text('store', 'Store', { maxLength: 7, pattern: '[0-9A-Za-z]{1,7}', warnings: ['pattern'] }),
      text('email', 'E-mail', {
        maxLength: 254,
        pattern: '[^@\\s]+@[^@\\s]+',
        warnings: ['pattern'],
      }),
      text('phone', 'Phone', { maxLength: 40 }),
      text('street', 'Street', { maxLength: 200 }),
      text('postcode', 'Postcode', { maxLength: 20 }),
      text('city', 'City', { maxLength: 100 }),
      { name: 'since', title: 'Customer since', type: 'date' },
      { name: 'active', title: 'Active', type: 'boolean' },
    ],
  },
  {
    name: 'rate-book',
    title: 'Rate book',
    key: ['vehicle', 'term', 'mileage', 'payment_profile'],
    columns: [
      text('vehicle', 'Vehicle', { maxLength: 100 }),
      // Two, three or four years.
      { name: 'term', title: 'Term (months)', type: 'integer', values: ['24', '36', '48'] },
      { name: 'mileage', title: 'Mileage per year', type: 'integer', min: 0, max: 1_000_000 },
      text('payment_profile', 'Payment profile', { maxLength: 40 }),
      { name: 'rate', title: 'Rate per month', type: 'decimal', required: true, min: 0 },
      { name: 'initial_payment', title: 'Initial payment', type: 'decimal', min: 0 },
      { name: 'excess_mileage', title: 'Excess per mile', type: 'decimal', min: 0 },
      text('manufacturer', 'Manufacturer', { maxLength: 100 }),
      text('model', 'Model', { maxLength: 200 }),
      { name: 'valid_until', title: 'Valid until', type: 'date' },
    ],
  },
  {
    name: 'users',
    title: 'Sign-ups',
    key: ['email'],
    columns: [
      text('email', 'E-mail', { maxLength: 254, pattern: '[^@\\s]+@[^@\\s]+' }),
      text('name', 'Name', { required: true, maxLength: 200 }),
      text('phone', 'Phone', { maxLength: 40 }),
      text('store', 'Store', { maxLength: 7, pattern: '[0-9A-Za-z]{1,7}', warnings: ['pattern'] }),
      { name: 'signed_up', title: 'Signed up', type: 'date' },
      { name: 'newsletter', title: 'Newsletter', type: 'boolean' },
    ],
  },
  {
    name: 'enquiries',
    title: 'Enquiries',
    key: ['enquiry_id'],
    columns: [
      text('enquiry_id', 'Enquiry id', { maxLength: 40 }),
      text('name', 'Name', { required: true, maxLength: 200 }),
      text('email', 'E-mail', { maxLength: 254, pattern: '[^@\\s]+@[^@\\s]+', warnings: ['pattern'] }),
      text('phone', 'Phone', { maxLength: 40 }),
      text('vehicle', 'Vehicle', { maxLength: 100 }),
      text('store', 'Store', { maxLength: 7, pattern: '[0-9A-Za-z]{1,7}', warnings: ['pattern'] }),
      text('message', 'Message', { maxLength: 10_000 }),
      { name: 'received', title: 'Received', type: 'date' },
    ],
  },
].map((dataset) => datasetSchema.parse({ formatVersion: 1, ...dataset }));
