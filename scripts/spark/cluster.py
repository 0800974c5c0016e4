"""A standalone Spark cluster of this machine, for tests: a master and workers on loopback, ended by their recorded ids."""
import contextlib
import os
import pathlib
import signal
import socket
import subprocess
import sys
import time

import pyspark

HOME = pathlib.Path(pyspark.__file__).parent
JOB = pathlib.Path(__file__).with_name("streetnum_spark.py")


def require(condition, *what):
    if not condition:
        raise SystemExit("scripts/spark/test: FAILED: " + " ".join(str(part) for part in what))


def wait_for(what, condition, seconds=120):
    """Waits until a condition returns a true value, and returns it."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.1)
    require(False, what, "did not come within", seconds, "s")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def processes(mark):
    """The processes whose command line names, or that work in, a folder that only this test has: their ids with their arguments."""
    found = {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with contextlib.suppress(OSError):
                arguments = (entry / "cmdline").read_bytes().split(b"\0")
                if any(mark.encode() in argument for argument in arguments) or os.readlink(entry / "cwd").startswith(mark):
                    found[int(entry.name)] = [argument.decode(errors="replace") for argument in arguments]
    return found


class Cluster:
    """A context manager that starts the cluster, and ends all of its processes."""

    def __init__(self, folder, workers=2):
        self.folder, self.count = pathlib.Path(folder), workers
        self.port = free_port()
        self.workers, self.drivers = [], []
        self.environment = {
            **os.environ, "SPARK_HOME": str(HOME), "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_DAEMON_MEMORY": "256m", "SPARK_LOCAL_DIRS": str(self.folder / "local"), "SPARK_NO_DAEMONIZE": "1",
            "SPARK_DAEMON_JAVA_OPTS": "-XX:TieredStopAtLevel=1",
        }

    @property
    def url(self):
        return f"spark://127.0.0.1:{self.port}"

    def start(self, name, *arguments):
        with open(self.folder / f"{name}.log", "ab") as log:
            return subprocess.Popen(
                arguments, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.environment, cwd=self.folder)

    def __enter__(self):
        self.folder.mkdir(parents=True)
        spark_class = str(HOME / "bin" / "spark-class")
        self.master = self.start(
            "master", spark_class, "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", str(self.port),
            "--webui-port", "0")
        wait_for("the master", lambda: "I have been elected leader" in self.log("master"))
        for index in range(self.count):
            work = self.folder / f"worker-{index}"
            self.workers.append(self.start(
                f"worker-{index}", spark_class, "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "-c", "1", "-m",
                "640m", "-d", str(work), "--webui-port", "0", self.url))
        wait_for("the workers", lambda: all("registered with master" in self.log(f"worker-{i}") for i in range(self.count)))
        return self

    def log(self, name):
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def submit(self, script, *arguments, settings=()):
        """Starts a driver."""
        settings = {
            "spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
            "spark.executor.memory": "512m", "spark.driver.memory": "512m", "spark.executor.cores": "1",
            "spark.scheduler.minRegisteredResourcesRatio": "1.0", "spark.cores.max": str(self.count),
            "spark.sql.shuffle.partitions": "2", "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
            "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1", **dict(settings),
        }
        options = [word for key, value in settings.items() for word in ("--conf", f"{key}={value}")]
        driver = self.start(
            "driver", str(HOME / "bin" / "spark-submit"), "--master", self.url, *options, str(script),
            *(str(argument) for argument in arguments))
        self.drivers.append(driver)
        return driver

    def __exit__(self, *_):
        mine = [*self.drivers, *self.workers, self.master]
        for process in mine:
            if process.poll() is None:
                process.terminate()
        for process in mine:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
            if process.poll() is None:
                process.kill()
                process.wait()


def kill(pid):
    os.kill(pid, signal.SIGKILL)
