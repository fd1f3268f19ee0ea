package io.closeknit.index;

import io.closeknit.database.GiveWay;
import java.io.IOException;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.FilterIndexOutput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;

/** A folder of the index whose writers let people go first, where they work in the background. */
final class RestingDirectory extends FilterDirectory {
    /** Written without rest, in bytes: far less than a millisecond's work for whoever makes segments of it. */
    private static final int WITHOUT_REST = 4_096;

    private final GiveWay giveWay;

    RestingDirectory(Directory in, GiveWay giveWay) {
        super(in);
        this.giveWay = giveWay;
    }

    @Override
    public IndexOutput createOutput(String name, IOContext context) throws IOException {
        return new Output(in.createOutput(name, context));
    }

    @Override
    public IndexOutput createTempOutput(String prefix, String suffix, IOContext context) throws IOException {
        return new Output(in.createTempOutput(prefix, suffix, context));
    }

    /** Merges on threads that work in the background. */
    static final class Merges extends ConcurrentMergeScheduler {
        private final GiveWay giveWay;

        Merges(GiveWay giveWay) {
            this.giveWay = giveWay;
        }

        @Override
        protected void doMerge(MergeSource source, MergePolicy.OneMerge merge) throws IOException {
            giveWay.inBackground();
            super.doMerge(source, merge);
        }
    }

    private final class Output extends FilterIndexOutput {
        private int written;

        Output(IndexOutput out) {
            super("resting " + out, out.getName(), out);
        }

        @Override
        public void writeByte(byte b) throws IOException {
            out.writeByte(b);
            wrote(1);
        }

        @Override
        public void writeBytes(byte[] bytes, int offset, int length) throws IOException {
            out.writeBytes(bytes, offset, length);
            wrote(length);
        }

        // as a whole: the default is byte by byte

        @Override
        public void writeShort(short number) throws IOException {
            out.writeShort(number);
            wrote(Short.BYTES);
        }

        @Override
        public void writeInt(int number) throws IOException {
            out.writeInt(number);
            wrote(Integer.BYTES);
        }

        @Override
        public void writeLong(long number) throws IOException {
            out.writeLong(number);
            wrote(Long.BYTES);
        }

        private void wrote(int bytes) {
            written += bytes;
            if (written >= WITHOUT_REST) {
                written = 0;
                giveWay.rest();
            }
        }
    }
}
