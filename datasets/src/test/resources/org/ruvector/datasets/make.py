"""Makes the .npy and .hdf5 files beside this script. Needs numpy and h5py; made with numpy 2.4.6 and h5py 3.16.0.

Every array has 5 rows of 3: element (i, j) is (7 i + j) / 4 - 3 where it is a float, else 10 i + j (minus 20 if signed bytes).
"""
import h5py
import numpy as np

i, j = np.mgrid[0:5, 0:3]
floats = (7 * i + j) / 4 - 3
ints = 10 * i + j

np.save("f4.npy", floats.astype("<f4"))
with open("f4-version2.npy", "wb") as f:
    np.lib.format.write_array(f, floats.astype("<f4"), version=(2, 0))
np.save("f8.npy", floats.astype("<f8"))
np.save("u1.npy", (ints + 200).astype("u1"))
np.save("i1.npy", (ints - 20).astype("i1"))
np.save("i4.npy", ints.astype("<i4"))
np.save("i8.npy", ints.astype("<i8"))
np.save("fortran.npy", np.asfortranarray(floats.astype("<f4")))
np.save("big-endian.npy", floats.astype(">f4"))
np.save("one-extent.npy", floats[0].astype("<f4"))
np.save("half.npy", floats.astype("<f2"))


def ann_benchmarks(name, distance, train, test, id_type, **options):
    """As ann-benchmarks' write_output does it: true neighbours by the named distance."""
    if distance == "angular":
        unit = lambda a: a / np.linalg.norm(a, axis=1, keepdims=True)
        all_distances = 1 - unit(test) @ unit(train).T
    else:
        all_distances = np.linalg.norm(test[:, None, :] - train[None, :, :], axis=2)
    order = np.argsort(all_distances, axis=1, kind="stable")[:, :4]
    with h5py.File(name, "w") as f:
        f.attrs["type"] = "dense"
        f.attrs["distance"] = distance
        f.attrs["dimension"] = train.shape[1]
        f.create_dataset("train", data=train, **options)
        f.create_dataset("test", data=test, **options)
        f.create_dataset("neighbors", data=order.astype(id_type), **options)
        f.create_dataset("distances", data=np.take_along_axis(all_distances, order, axis=1).astype("f4"), **options)


test = np.array([[0.25, 0.5, 1.0], [-2, 3, 1]])
ann_benchmarks("euclidean.hdf5", "euclidean", floats.astype("f4"), test.astype("f4"), "i4")
ann_benchmarks("angular.hdf5", "angular", floats, test, "i8", chunks=(2, 3), compression="gzip")
ann_benchmarks("jaccard.hdf5", "jaccard", floats.astype("f4"), test.astype("f4"), "i4")
