#!/usr/bin/env bash
# Runs the Slurm recipe of docs/data-sets.md on a Slurm of one node that it starts, and compares what the tasks made
# with one run over everything.
#   tests/recipes/slurm.sh BINARY
set -euo pipefail
binary="$(realpath "$1")"
recipe="$(realpath docs/data-sets.md)"
PATH="$(dirname "$binary"):/usr/sbin:$PATH"
export PATH

state="$(mktemp -d)"
chmod 755 "$state"
stop() {
    local file
    for file in "$state"/*.pid; do
        kill "$(cat "$file")" 2>/dev/null || true
    done
    sleep 1
    rm -rf "$state"
}
trap stop EXIT

mkdir "$state"/{control,spool,one,many}
head -c 1024 /dev/urandom >"$state/key"
chmod 400 "$state/key"
munged --force --key-file="$state/key" --socket="$state/munge.socket" --pid-file="$state/munge.pid" \
    --log-file="$state/munge.log" --seed-file="$state/munge.seed"
host="$(hostname -s)"
cat >"$state/slurm.conf" <<CONF
ClusterName=one
SlurmctldHost=$host(127.0.0.1)
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
AuthInfo=socket=$state/munge.socket
CryptoType=crypto/munge
StateSaveLocation=$state/control
SlurmdSpoolDir=$state/spool
SlurmctldPidFile=$state/control.pid
SlurmdPidFile=$state/node.pid
SlurmctldLogFile=$state/control.log
SlurmdLogFile=$state/node.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
ReturnToService=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF="$state/slurm.conf"
slurmctld
slurmd
for _ in {1..30}; do
    [[ "$(sinfo -h -o %T 2>/dev/null)" == idle ]] && break
    sleep 1
done

awk '/^```/ { inside = 0 } inside { print } /^```sh$/ { getline line
    if (line ~ /^#!/) { inside = 1; print line } }' "$recipe" >"$state/many/array.sh"
grep -q SBATCH "$state/many/array.sh"
(cd "$state/many" && sbatch --wait --output=/dev/null array.sh)
(cd "$state/one" && drumgen propose kick snare hat --seed 1 -n 60 |
    drumgen render - --duration 0.5 -o '{index:06}.wav' --manifest all.jsonl)
cat "$state"/many/part-?.jsonl | cmp - "$state/one/all.jsonl"
for sound in "$state"/one/*.wav; do
    cmp "$sound" "$state/many/$(basename "$sound")"
done
echo "the tasks of a Slurm array made the same 60 sounds and the same list"
