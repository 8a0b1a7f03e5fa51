package io.quittance.proving.ground;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Stands between the executors and PostgreSQL, and does to what passes what a bad network would. */
public final class FaultyWire implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;

    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicInteger dropped = new AtomicInteger();
    private final AtomicInteger delayed = new AtomicInteger();
    private Duration delay = Duration.ZERO;
    private int dropEvery;

    FaultyWire(String host, int port, InetSocketAddress server) {
        this.server = server;
        try {
            this.listener = new ServerSocket(port, 50, InetAddress.getByName(host));
        } catch (IOException e) {
            throw new UncheckedIOException("no server at " + host + ":" + port, e);
        }
        thread("wire", this::accept);
    }

    /** Where clients connect: host:port. */
    public String address() {
        return listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort();
    }

    /** Lets each answer of the server take this much longer; zero to be as quick as can be. */
    public void delay(Duration longer) {
        change(() -> delay = longer);
    }

    /**
     * Cuts the connection when the server has answered a COMMIT, before the client hears of it.
     *
     * @param every 1 for each commit, 2 for every second one; 0 for none
     */
    public void dropCommits(int every) {
        change(() -> dropEvery = every);
    }

    /** How many commits no client heard of, so far. */
    public int dropped() {
        return dropped.get();
    }

    /** How many answers were held back, so far. */
    public int delayed() {
        return delayed.get();
    }

    @Override
    public void close() {
        closeQuietly(listener);
        open.forEach(FaultyWire::closeQuietly);
        delay(Duration.ZERO);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException closed) {
                // Of the listener: the loop ends. Of one client: it will come again.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        open.add(client);
        var upstream = new Socket();
        try {
            upstream.connect(server, (int) TimeUnit.SECONDS.toMillis(5));
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
        } catch (IOException e) {
            // As the server itself would refuse.
            open.remove(client);
            client.close();
            throw e;
        }
        open.add(upstream);
        thread("wire-up", () -> relay(client, upstream, false));
        thread("wire-down", () -> relay(upstream, client, true));
    }

    private void relay(Socket from, Socket to, boolean answers) {
        var scanner = new CommitScanner();
        var buffer = new byte[BUFFER];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                boolean committed = answers && scanner.sees(buffer, count);
                if (committed && isToBeDropped()) {
                    dropped.incrementAndGet();
                    return;
                }
                awaitPassage(answers);
                out.write(buffer, 0, count);
            }
        } catch (IOException eitherSideIsGone) {
            // So is the other, now.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private boolean isToBeDropped() {
        lock.lock();
        try {
            return dropEvery > 0 && commits.incrementAndGet() % dropEvery == 0;
        } finally {
            lock.unlock();
        }
    }

    private void awaitPassage(boolean answers) throws InterruptedException {
        lock.lock();
        try {
            if (answers && !delay.isZero()) {
                delayed.incrementAndGet();
            }
            long since = System.nanoTime();
            while (answers && System.nanoTime() - since < delay.toNanos()) {
                changed.awaitNanos(delay.toNanos() - (System.nanoTime() - since));
            }
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void thread(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException alreadyGone) {
            // As wanted.
        }
    }
}
